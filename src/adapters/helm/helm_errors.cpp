#include "adapters/helm/helm_errors.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace souk::helm {
namespace {

constexpr std::size_t kMostMessage = 500;

struct Pattern {
    std::string_view text;  // lower case
    ErrorCode code;
    std::string_view reason;
};

// The first that is found decides, so the more telling ones stand above the more general.
constexpr std::array kPatterns = {
    Pattern{"another operation (install/upgrade/rollback) is in progress", ErrorCode::Conflict,
            "ReleaseLocked"},
    Pattern{"exceeded quota", ErrorCode::QuotaExceeded, "QuotaExceeded"},
    Pattern{"violates podsecurity", ErrorCode::Forbidden, "PodRefused"},
    Pattern{"because it is being terminated", ErrorCode::Conflict, "NamespaceTerminating"},
    Pattern{"validatingadmissionpolicy", ErrorCode::Forbidden, "AdmissionDenied"},
    Pattern{"denied the request", ErrorCode::Forbidden, "AdmissionDenied"},
    // Nobody answers, or not as the API server would.
    Pattern{"cluster unreachable", ErrorCode::Unavailable, "ClusterUnreachable"},
    Pattern{"connection refused", ErrorCode::Unavailable, "ClusterUnreachable"},
    Pattern{"connection reset", ErrorCode::Unavailable, "ClusterUnreachable"},
    Pattern{"connection lost", ErrorCode::Unavailable, "ClusterUnreachable"},
    Pattern{"broken pipe", ErrorCode::Unavailable, "ClusterUnreachable"},
    Pattern{"i/o timeout", ErrorCode::Unavailable, "ClusterUnreachable"},
    Pattern{"tls: ", ErrorCode::Unavailable, "ClusterUnreachable"},
    Pattern{"tls handshake", ErrorCode::Unavailable, "ClusterUnreachable"},
    Pattern{"x509: ", ErrorCode::Unavailable, "ClusterUnreachable"},
    Pattern{"no such host", ErrorCode::Unavailable, "ClusterUnreachable"},
    Pattern{"no route to host", ErrorCode::Unavailable, "ClusterUnreachable"},
    Pattern{"dial tcp", ErrorCode::Unavailable, "ClusterUnreachable"},
    Pattern{"etcdserver", ErrorCode::Unavailable, "ClusterUnreachable"},
    Pattern{"server is currently unable", ErrorCode::Unavailable, "ClusterUnreachable"},
    Pattern{"too many requests", ErrorCode::Unavailable, "ClusterUnreachable"},
    Pattern{"failed calling webhook", ErrorCode::Unavailable, "ClusterUnreachable"},
    Pattern{"apiserver not ready", ErrorCode::Unavailable, "ClusterUnreachable"},
    Pattern{"asked for the client to provide credentials", ErrorCode::Unavailable, "ClusterUnauthorized"},
    Pattern{"must be logged in to the server", ErrorCode::Unavailable, "ClusterUnauthorized"},
    Pattern{"unauthorized", ErrorCode::Unavailable, "ClusterUnauthorized"},
    Pattern{"context deadline exceeded", ErrorCode::Timeout, "HelmTimeout"},
    Pattern{"timed out", ErrorCode::Timeout, "HelmTimeout"},
    // Charts and values: nothing but a change of the engine helps.
    Pattern{"values don't meet the specifications of the schema", ErrorCode::InvalidInput, "ChartInvalid"},
    Pattern{"parse error", ErrorCode::InvalidInput, "ChartInvalid"},
    Pattern{"execution error at", ErrorCode::InvalidInput, "ChartInvalid"},
    Pattern{"error calling", ErrorCode::InvalidInput, "ChartInvalid"},
    Pattern{"template: ", ErrorCode::InvalidInput, "ChartInvalid"},
    Pattern{"yaml parse", ErrorCode::InvalidInput, "ChartInvalid"},
    Pattern{"error converting yaml", ErrorCode::InvalidInput, "ChartInvalid"},
    Pattern{"error unmarshaling", ErrorCode::InvalidInput, "ChartInvalid"},
    Pattern{"failed to parse", ErrorCode::InvalidInput, "ChartInvalid"},
    Pattern{"cannot load values", ErrorCode::InvalidInput, "ChartInvalid"},
    Pattern{"no matches for kind", ErrorCode::InvalidInput, "ChartInvalid"},
    Pattern{"unable to build kubernetes objects", ErrorCode::InvalidInput, "ChartInvalid"},
    Pattern{"chart.yaml file is missing", ErrorCode::InvalidInput, "ChartInvalid"},
    Pattern{"chart metadata", ErrorCode::InvalidInput, "ChartInvalid"},
    Pattern{"incompatible with kubernetes", ErrorCode::InvalidInput, "ChartInvalid"},
    Pattern{"repo not found", ErrorCode::InvalidInput, "ChartInvalid"},
    Pattern{"no such file or directory", ErrorCode::InvalidInput, "ChartInvalid"},
    Pattern{"field not declared in schema", ErrorCode::InvalidInput, "ChartInvalid"},
    Pattern{"field is immutable", ErrorCode::InvalidInput, "ChartInvalid"},
    Pattern{"invalid value", ErrorCode::InvalidInput, "ChartInvalid"},
    Pattern{"is invalid: ", ErrorCode::InvalidInput, "ChartInvalid"},
    // State of the release or the namespace: look again, then decide.
    Pattern{"has no deployed releases", ErrorCode::Conflict, "ReleaseBroken"},
    Pattern{"invalid ownership metadata", ErrorCode::Conflict, "ObjectsExist"},
    Pattern{"already exists", ErrorCode::Conflict, "ObjectsExist"},
    Pattern{"release: not found", ErrorCode::NotFound, "ReleaseMissing"},
    Pattern{"release has no", ErrorCode::NotFound, "RevisionMissing"},
    Pattern{"release name is invalid", ErrorCode::InvalidInput, "ReleaseNameInvalid"},
    Pattern{"forbidden", ErrorCode::Forbidden, "Forbidden"},
    Pattern{"conflict", ErrorCode::Conflict, "ObjectConflict"},
    Pattern{"object has been modified", ErrorCode::Conflict, "ObjectConflict"},
    Pattern{": eof", ErrorCode::Unavailable, "ClusterUnreachable"},
    Pattern{"unexpected eof", ErrorCode::Unavailable, "ClusterUnreachable"},
};

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

/// From the last line that begins with "Error: ", without that word.
std::optional<std::string_view> after_error(std::string_view text) {
    constexpr std::string_view start = "Error: ";
    constexpr std::string_view line = "\nError: ";
    if (const std::size_t last = text.rfind(line); last != std::string_view::npos) {
        return text.substr(last + line.size());
    }
    return text.starts_with(start) ? std::optional(text.substr(start.size())) : std::nullopt;
}

/// `namespaces "x" not found`: somebody deleted it under our hands.
bool is_missing_namespace(std::string_view text) {
    const std::size_t at = text.find("namespaces \"");
    return at != std::string_view::npos && text.find("\" not found", at) != std::string_view::npos;
}

}  // namespace

std::string helm_sentence(std::string_view standard_error) {
    const std::optional<std::string_view> told = after_error(standard_error);
    std::string_view text = told.value_or(standard_error);
    const bool cut = text.size() > kMostMessage;
    if (cut && !told) {
        text.remove_prefix(text.size() - kMostMessage);
    }
    std::string out;
    for (const char c : text.substr(0, kMostMessage)) {
        const bool space = c == ' ' || static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
        if (!space) {
            out += c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    while (!out.empty() && out.back() == ' ') {
        out.pop_back();
    }
    // A cut may have gone through a character of several bytes.
    while (cut && !out.empty() && (static_cast<unsigned char>(out.back()) & 0x80U) != 0) {
        out.pop_back();
    }
    while (cut && !out.empty() && (static_cast<unsigned char>(out.front()) & 0xC0U) == 0x80U) {
        out.erase(0, 1);
    }
    return out;
}

Error classify_helm_failure(std::string_view doing, std::string_view standard_error) {
    const std::string sentence = helm_sentence(standard_error);
    Error error{
        ErrorCode::Internal,
        "helm could not " + std::string(doing) + ": " + (sentence.empty() ? "it gave no reason" : sentence),
        "HelmFailed",
        {}};
    // Warnings above the error (of Pod Security, for one) decide nothing.
    const std::string text = lower(after_error(standard_error).value_or(standard_error));
    const auto found = std::ranges::find_if(
        kPatterns, [&](const Pattern& pattern) { return text.find(pattern.text) != std::string::npos; });
    const bool specific = found != kPatterns.end() && found->code != ErrorCode::InvalidInput;
    if (found == kPatterns.end() && text.starts_with("path \"")) {  // path "/x/chart" not found
        error.code = ErrorCode::InvalidInput;
        error.reason = "ChartInvalid";
    } else if (!specific && is_missing_namespace(text)) {
        error.code = ErrorCode::Conflict;
        error.reason = "NamespaceMissing";
    } else if (found != kPatterns.end()) {
        error.code = found->code;
        error.reason = found->reason;
    }
    return error;
}

}  // namespace souk::helm
