#include "adapters/http/parameters.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

namespace souk::http {
namespace {

constexpr int kDefaultPage = 50;
constexpr int kLargestPage = 1000;
constexpr std::size_t kMaxNamed = 100;

}  // namespace

std::optional<std::int64_t> parse_number(std::string_view text) {
    if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) {
        return std::nullopt;
    }
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() ? value : std::numeric_limits<std::int64_t>::max();
}

bool accepts(const runtime::Request& request, std::string_view type) {
    for (const auto& [name, value] : request.headers) {
        if (!runtime::equals_ignoring_case(name, "Accept")) {
            continue;
        }
        for (std::string_view rest = value; !rest.empty();) {
            auto item = rest.substr(0, rest.find(','));
            rest.remove_prefix(std::min(item.size() + 1, rest.size()));
            item = item.substr(0, item.find(';'));
            const auto begin = item.find_first_not_of(" \t");
            const auto end = item.find_last_not_of(" \t");
            if (begin != std::string_view::npos &&
                runtime::equals_ignoring_case(item.substr(begin, end - begin + 1), type)) {
                return true;
            }
        }
    }
    return false;
}

const std::string* Parameters::once(std::string_view name) {
    read_.emplace(name);
    if (query_.count(name) > 1) {
        note(name, "duplicate", "is given more than once");
    }
    return query_.find(name);
}

std::string Parameters::text(std::string_view name) {
    const std::string* value = once(name);
    return value == nullptr ? std::string() : *value;
}

std::vector<std::string> Parameters::texts(std::string_view name) {
    read_.emplace(name);
    return query_.find_all(name);
}

bool Parameters::flag(std::string_view name) {
    const std::string* value = once(name);
    if (value != nullptr && *value != "true" && *value != "false") {
        note(name, "invalid", "must be true or false");
    }
    return value != nullptr && *value == "true";
}

std::optional<std::int64_t> Parameters::number(std::string_view name, std::int64_t least) {
    const std::string* value = once(name);
    if (value == nullptr) {
        return std::nullopt;
    }
    const auto number = parse_number(*value);
    if (!number || *number < least) {
        note(name, "invalid", "must be a whole number, at least " + std::to_string(least));
        return std::nullopt;
    }
    return number;
}

std::optional<Timestamp> Parameters::time(std::string_view name) {
    const std::string* value = once(name);
    if (value == nullptr) {
        return std::nullopt;
    }
    const auto time = parse_rfc3339(*value);
    if (!time) {
        note(name, "invalid", "must be a time like 2026-11-21T09:30:00Z");
        return std::nullopt;
    }
    return *time;
}

int Parameters::page_size() {
    const auto wanted = number("page_size", 1).value_or(kDefaultPage);
    return static_cast<int>(std::min<std::int64_t>(wanted, kLargestPage));
}

void Parameters::note(std::string_view name, std::string code, std::string detail) {
    problems_.push_back({std::string(name.substr(0, kMaxNamed)), std::move(code), std::move(detail)});
}

Result<> Parameters::done() const {
    Error error{ErrorCode::InvalidInput, "the query has wrong parameters", "InvalidParameter", problems_};
    std::set<std::string, std::less<>> unknown;
    for (const auto& [name, value] : query_) {
        // Cut names could end inside a character, and a name that long is nobody's misspelling.
        if (!read_.contains(name) && unknown.insert(name).second) {
            error.fields.push_back({name.size() > kMaxNamed ? "?" : name, "unknown_parameter",
                                    "there is no such parameter here"});
        }
    }
    if (error.fields.empty()) {
        return {};
    }
    return tl::unexpected(std::move(error));
}

Result<std::optional<std::int64_t>> expected_generation(const runtime::Request& request) {
    if (!request.headers.contains("If-Match")) {
        return fail(ErrorCode::PreconditionFailed, "send If-Match with the ETag of your last read",
                    "PreconditionRequired");
    }
    std::string_view text = request.headers.value("If-Match");
    if (text == "*") {
        return std::nullopt;
    }
    const bool quoted = text.size() > 2 && text.front() == '"' && text.back() == '"';
    text = quoted ? text.substr(1, text.size() - 2) : std::string_view{};
    const auto dot = text.find('.');
    const auto generation = parse_number(text.substr(0, dot));
    if (dot == std::string_view::npos || !generation || !parse_number(text.substr(dot + 1))) {
        Error error{ErrorCode::InvalidInput, "If-Match is no ETag of a store", "InvalidHeader", {}};
        error.fields.push_back({"If-Match", "invalid", "must be one ETag as GET answers it"});
        return tl::unexpected(std::move(error));
    }
    return *generation;
}

}  // namespace souk::http
