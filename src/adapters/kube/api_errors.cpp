#include "adapters/kube/api_errors.hpp"

#include "adapters/kube/json.hpp"

#include <algorithm>
#include <charconv>

namespace souk::kube {
namespace {

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

struct Meaning {
    ErrorCode code;
    std::string reason;
};

/// The API server, its admission plug-ins and its policies all say "forbidden"; only the words tell them
/// apart.
Meaning forbidden(std::string_view message, bool terminating) {
    if (terminating || holds(message, "because it is being terminated")) {
        return {ErrorCode::Conflict, "NamespaceTerminating"};
    }
    if (holds(message, "exceeded quota")) {
        return {ErrorCode::Forbidden, "QuotaExceeded"};
    }
    if (holds(message, "violates PodSecurity")) {
        return {ErrorCode::Forbidden, "PodRefused"};
    }
    if (holds(message, "ValidatingAdmissionPolicy") || holds(message, "denied the request")) {
        return {ErrorCode::Forbidden, "AdmissionDenied"};
    }
    return {ErrorCode::Forbidden, "Forbidden"};
}

Meaning meaning_of(int status, std::string_view reason, std::string_view message, bool terminating) {
    switch (status) {
        case 400:
            return {ErrorCode::InvalidInput, "Invalid"};
        case 401:
            return {ErrorCode::Unauthenticated, "Unauthenticated"};
        case 403:
            return forbidden(message, terminating);
        case 404:
            return {ErrorCode::NotFound, "NotFound"};
        case 408:
            return {ErrorCode::Timeout, "Timeout"};
        case 409:
            return {ErrorCode::Conflict, reason == "AlreadyExists" ? "AlreadyExists" : "Conflict"};
        case 410:
            return {ErrorCode::Gone, "Expired"};
        case 422:
            if (holds(message, "ValidatingAdmissionPolicy")) {
                return {ErrorCode::Forbidden, "AdmissionDenied"};
            }
            return {ErrorCode::InvalidInput, "Invalid"};
        case 429:
            return {ErrorCode::Unavailable, "TooManyRequests"};
        case 504:
            return {ErrorCode::Timeout, "Timeout"};
        default:
            break;
    }
    return status >= 500 ? Meaning{ErrorCode::Unavailable, "ServerError"}
                         : Meaning{ErrorCode::Internal, "UnexpectedAnswer"};
}

}  // namespace

Error error_of_answer(const runtime::HttpResponse& answer, std::string_view doing, bool secret) {
    std::string reason;
    std::string message;
    bool terminating = false;
    if (const auto body = parse_json(answer.body); body && text_at(*body, {"kind"}) == "Status") {
        reason = text_at(*body, {"reason"});
        message = text_at(*body, {"message"});
        const auto& causes = array_at(*body, {"details", "causes"});
        terminating = std::any_of(causes.begin(), causes.end(), [](const json::value& cause) {
            return text_at(cause, {"reason"}) == "NamespaceTerminating";
        });
    }
    Meaning meaning = meaning_of(answer.status, reason, message, terminating);
    std::string text(doing);
    text += ": the API server answered " + std::to_string(answer.status);
    if (!secret && !message.empty()) {
        text += ": " + tidy_text(message);
    } else if (!reason.empty()) {
        text += " (" + tidy_text(reason, 60) + ")";
    }
    if (const auto wait = retry_after(answer.headers)) {
        text += ", retry after " + std::to_string(wait->count()) + " s";
    }
    return Error{meaning.code, std::move(text), std::move(meaning.reason), {}};
}

std::optional<std::string> reason_of_refusal(std::string_view message) {
    if (holds(message, "exceeded quota")) {
        return "QuotaExceeded";
    }
    if (holds(message, "status unknown for quota") || holds(message, "being terminated") ||
        (holds(message, "serviceaccount") && holds(message, "not found"))) {
        return std::nullopt;
    }
    if (holds(message, "forbidden") || holds(message, "denied")) {
        return "PodRefused";
    }
    return std::nullopt;
}

std::optional<std::chrono::seconds> retry_after(const runtime::HttpHeaders& headers) {
    const auto text = headers.find("Retry-After");
    if (!text) {
        return std::nullopt;
    }
    int seconds = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), seconds);
    if (error != std::errc{} || end != text->data() + text->size() || seconds < 0) {
        return std::nullopt;
    }
    return std::chrono::seconds(std::min(seconds, 3600));
}

}  // namespace souk::kube
