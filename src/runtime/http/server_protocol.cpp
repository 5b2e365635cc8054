#include "runtime/http/server_protocol.hpp"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <random>

namespace souk::runtime {

namespace {

constexpr std::array<std::string_view, 7> kMethods{"GET",   "HEAD",   "POST",   "PUT",
                                                   "PATCH", "DELETE", "OPTIONS"};

bool is_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_host(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return letter || std::string_view(".-_:[]").find(c) != std::string_view::npos;
    });
}

std::optional<Refusal> check_host(const Request& request, bool http11) {
    const auto hosts = request.headers.count("Host");
    if (hosts > 1 || (hosts == 0 && http11)) {
        return Refusal{400, "bad_host", "the request must have exactly one Host header"};
    }
    if (!is_host(request.headers.value("Host"))) {
        return Refusal{400, "bad_host", "the Host header is not a host name"};
    }
    return std::nullopt;
}

std::optional<Refusal> check_framing(const Headers& headers, bool http11) {
    const auto lengths = headers.count("Content-Length");
    const auto encodings = headers.count("Transfer-Encoding");
    if (lengths > 1 || (lengths == 1 && !is_digits(headers.value("Content-Length")))) {
        return Refusal{400, "bad_framing", "Content-Length must be one number"};
    }
    if (encodings > 0 && (lengths > 0 || !http11)) {
        return Refusal{400, "bad_framing", "Transfer-Encoding does not fit the rest of the request"};
    }
    if (encodings > 1 ||
        (encodings == 1 && !equals_ignoring_case(headers.value("Transfer-Encoding"), "chunked"))) {
        return Refusal{501, "unsupported_transfer_encoding", "the only transfer encoding is chunked"};
    }
    return std::nullopt;
}

std::optional<Refusal> check_target(Request& request, const ServerSettings& settings) {
    if (request.target.size() > settings.max_target_bytes) {
        return Refusal{414, "target_too_long", "the request target is too long"};
    }
    auto target = parse_target(request.target);
    if (!target) {
        return Refusal{400, "bad_target", "the request target is malformed"};
    }
    if (!target->authority.empty() &&
        !equals_ignoring_case(target->authority, request.headers.value("Host"))) {
        return Refusal{400, "bad_host", "the request target names another host than the Host header"};
    }
    request.path = std::move(target->path);
    request.segments = std::move(target->segments);
    request.query = std::move(target->query);
    return std::nullopt;
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

HeadScanner::Outcome HeadScanner::scan(std::string_view buffered) {
    constexpr std::size_t kAroundTarget = 32;  // method, two spaces and version
    const auto end = std::min(buffered.size(), settings_.max_header_bytes);
    for (; at_ < end; ++at_) {
        const char c = buffered[at_];
        const bool after_cr = at_ > 0 && buffered[at_ - 1] == '\r';
        if (c == '\0' || (c == '\n') != after_cr) {
            return {Refusal{400, "malformed", "a line of the head is malformed"}, 0};
        }
        if (lines_ == 0 && at_ > settings_.max_target_bytes + kAroundTarget) {
            return {Refusal{414, "target_too_long", "the request target is too long"}, 0};
        }
        if (at_ == line_start_ && lines_ > 0 && (c == ' ' || c == '\t')) {
            return {Refusal{400, "malformed", "folded header lines are not allowed"}, 0};
        }
        if (c != '\n') {
            continue;
        }
        if (at_ == line_start_ + 1) {
            if (lines_ == 0) {
                return {Refusal{400, "malformed", "the request starts with an empty line"}, 0};
            }
            return {std::nullopt, at_ + 1};
        }
        line_start_ = at_ + 1;
        if (++lines_ > settings_.max_header_count + 1) {
            return {Refusal{431, "headers_too_large", "the request has too many headers"}, 0};
        }
    }
    if (buffered.size() >= settings_.max_header_bytes) {
        if (lines_ == 0) {
            return {Refusal{414, "target_too_long", "the request target is too long"}, 0};
        }
        return {Refusal{431, "headers_too_large", "the headers of the request are too large"}, 0};
    }
    return {};
}

std::optional<Refusal> check_head(Request& request, bool http11, const ServerSettings& settings) {
    if (std::find(kMethods.begin(), kMethods.end(), request.method) == kMethods.end()) {
        return Refusal{501, "unsupported_method", "the server does not know this method"};
    }
    if (auto refusal = check_host(request, http11)) {
        return refusal;
    }
    if (auto refusal = check_framing(request.headers, http11)) {
        return refusal;
    }
    if (const auto* expect = request.headers.find("Expect");
        expect != nullptr && !equals_ignoring_case(*expect, "100-continue")) {
        return Refusal{417, "unsupported_expectation", "the only expectation is 100-continue"};
    }
    if (const auto* coding = request.headers.find("Content-Encoding");
        coding != nullptr && !equals_ignoring_case(*coding, "identity")) {
        return Refusal{415, "unsupported_content_encoding", "request bodies must not be compressed"};
    }
    return check_target(request, settings);
}

std::string choose_request_id(const Headers& headers) {
    constexpr std::size_t kMaxLength = 64;
    const auto given = headers.value("X-Request-Id");
    const bool sane =
        !given.empty() && given.size() <= kMaxLength && std::all_of(given.begin(), given.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                   c == '_' || c == '-';
        });
    if (sane && headers.count("X-Request-Id") == 1) {
        return std::string(given);
    }
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::array<unsigned char, 16> bytes{};
    if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        std::random_device device;
        std::generate(bytes.begin(), bytes.end(), [&] { return static_cast<unsigned char>(device()); });
    }
    std::string out;
    for (const auto byte : bytes) {
        out.push_back(kDigits[byte >> 4U]);
        out.push_back(kDigits[byte & 0x0fU]);
    }
    return out;
}

std::string format_head(const Response& response, const HeadOptions& options) {
    std::string out = "HTTP/1.1 " + std::to_string(response.status) + " ";
    out.append(reason_phrase(response.status)).append("\r\n");
    append_field(out, "Date", format_http_date(options.now));
    append_field(out, "X-Request-Id", options.request_id);
    for (const auto& [name, value] : response.headers) {
        if (!equals_ignoring_case(name, "X-Request-Id") && !equals_ignoring_case(name, "Date")) {
            append_field(out, name, value);
        }
    }
    if (options.framing == Framing::Sized) {
        append_field(out, "Content-Length", std::to_string(response.body.size()));
    } else if (options.framing == Framing::Chunked) {
        append_field(out, "Transfer-Encoding", "chunked");
    }
    if (response.status == 426) {
        append_field(out, "Upgrade", "websocket");
        append_field(out, "Connection", options.keep_alive ? "upgrade" : "upgrade, close");
    } else if (!options.keep_alive) {
        append_field(out, "Connection", "close");
    } else if (!options.http11) {
        append_field(out, "Connection", "keep-alive");
    }
    out.append("\r\n");
    return out;
}

std::string format_http_date(std::chrono::system_clock::time_point time) {
    constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto seconds = std::chrono::system_clock::to_time_t(time);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 64> text{};
    const int length = std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                                     kDays[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                                     kMonths[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900,
                                     parts.tm_hour, parts.tm_min, parts.tm_sec);
    return std::string(text.data(), static_cast<std::size_t>(length));
}

std::string format_chunk(std::string_view data) {
    if (data.empty()) {
        return {};
    }
    std::array<char, 20> size{};
    const auto end = std::to_chars(size.data(), size.data() + size.size(), data.size(), 16).ptr;
    std::string out(size.data(), end);
    out.append("\r\n").append(data).append("\r\n");
    return out;
}

}  // namespace souk::runtime
