#include "runtime/http/query.hpp"

#include "runtime/http/headers.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace souk::runtime {

namespace {

constexpr std::size_t kMaxParameters = 100;

int hex_value(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

std::size_t continuation_bytes(unsigned char lead) {
    if (lead < 0x80) {
        return 0;
    }
    if (lead >= 0xc2 && lead <= 0xdf) {
        return 1;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
        return 2;
    }
    return lead >= 0xf0 && lead <= 0xf4 ? 3 : std::string_view::npos;
}

/// The second byte decides over-long forms, surrogates and what lies above U+10FFFF.
bool fits_lead(unsigned char lead, unsigned char second) {
    switch (lead) {
        case 0xe0:
            return second >= 0xa0;
        case 0xed:
            return second <= 0x9f;
        case 0xf0:
            return second >= 0x90;
        case 0xf4:
            return second <= 0x8f;
        default:
            return true;
    }
}

bool is_utf8(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    for (std::size_t i = 0; i < text.size();) {
        const auto more = continuation_bytes(byte(i));
        if (more == std::string_view::npos || text.size() - i <= more) {
            return false;
        }
        for (std::size_t k = 1; k <= more; ++k) {
            if ((byte(i + k) & 0xc0U) != 0x80U || (k == 1 && !fits_lead(byte(i), byte(i + k)))) {
                return false;
            }
        }
        i += more + 1;
    }
    return true;
}

Result<std::string> decode(std::string_view raw, bool plus_is_space) {
    std::string out;
    out.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
        auto byte = static_cast<unsigned char>(raw[i]);
        if (byte == '%') {
            const int high = i + 2 < raw.size() ? hex_value(raw[i + 1]) : -1;
            const int low = i + 2 < raw.size() ? hex_value(raw[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return fail(ErrorCode::InvalidInput,
                            "a percent sign must be followed by two hexadecimal digits");
            }
            byte = static_cast<unsigned char>(high * 16 + low);
            i += 2;
        } else if (byte == '+' && plus_is_space) {
            byte = ' ';
        }
        if (byte < 0x20 || byte == 0x7f) {
            return fail(ErrorCode::InvalidInput, "control characters are not allowed");
        }
        out.push_back(static_cast<char>(byte));
    }
    if (!is_utf8(out)) {
        return fail(ErrorCode::InvalidInput, "the text is not UTF-8");
    }
    return out;
}

struct RawTarget {
    std::string_view authority;
    std::string_view path_and_query;
};

Result<RawTarget> split_target(std::string_view raw) {
    if (raw.starts_with('/')) {
        return RawTarget{{}, raw};
    }
    const auto mark = raw.find("://");
    const auto scheme = raw.substr(0, mark);
    if (mark == std::string_view::npos ||
        (!equals_ignoring_case(scheme, "http") && !equals_ignoring_case(scheme, "https"))) {
        return fail(ErrorCode::InvalidInput, "the request target must start with a slash");
    }
    raw.remove_prefix(mark + 3);
    const auto end = std::min(raw.find_first_of("/?"), raw.size());
    RawTarget out{raw.substr(0, end), raw.substr(end)};
    if (out.authority.empty() || out.authority.find('@') != std::string_view::npos) {
        return fail(ErrorCode::InvalidInput, "the request target has no usable host");
    }
    return out;
}

Result<std::vector<std::string>> split_path(std::string_view path) {
    std::vector<std::string> segments;
    path.remove_prefix(1);
    while (true) {
        const auto slash = path.find('/');
        auto segment = percent_decode(path.substr(0, slash));
        if (!segment) {
            return forward(std::move(segment));
        }
        if (*segment == "." || *segment == "..") {
            return fail(ErrorCode::InvalidInput, "the path must not have dot segments");
        }
        segments.push_back(*std::move(segment));
        if (slash == std::string_view::npos) {
            break;
        }
        path.remove_prefix(slash + 1);
    }
    if (segments.size() == 1 && segments.front().empty()) {
        segments.clear();
    }
    return segments;
}

}  // namespace

const std::string* Query::find(std::string_view name) const {
    const auto found = std::find_if(parameters_.begin(), parameters_.end(),
                                    [&](const Parameter& parameter) { return parameter.first == name; });
    return found == parameters_.end() ? nullptr : &found->second;
}

std::vector<std::string> Query::find_all(std::string_view name) const {
    std::vector<std::string> out;
    for (const auto& [key, value] : parameters_) {
        if (key == name) {
            out.push_back(value);
        }
    }
    return out;
}

std::size_t Query::count(std::string_view name) const {
    return static_cast<std::size_t>(
        std::count_if(parameters_.begin(), parameters_.end(),
                      [&](const Parameter& parameter) { return parameter.first == name; }));
}

Result<Query> parse_query(std::string_view raw) {
    std::vector<Query::Parameter> parameters;
    while (!raw.empty()) {
        const auto end = raw.find('&');
        const auto piece = raw.substr(0, end);
        raw.remove_prefix(end == std::string_view::npos ? raw.size() : end + 1);
        if (piece.empty()) {
            continue;
        }
        if (parameters.size() == kMaxParameters) {
            return fail(ErrorCode::InvalidInput, "the query has too many parameters");
        }
        const auto equals = piece.find('=');
        auto name = decode(piece.substr(0, equals), true);
        auto value =
            decode(equals == std::string_view::npos ? std::string_view{} : piece.substr(equals + 1), true);
        if (!name || !value) {
            return forward(!name ? std::move(name) : std::move(value));
        }
        parameters.emplace_back(*std::move(name), *std::move(value));
    }
    return Query(std::move(parameters));
}

Result<std::string> percent_decode(std::string_view raw) { return decode(raw, false); }

std::string percent_encode(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    constexpr std::string_view kMarks = "-._~";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           kMarks.find(c) != std::string_view::npos;
        if (plain) {
            out.push_back(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out.push_back('%');
        out.push_back(kDigits[byte >> 4U]);
        out.push_back(kDigits[byte & 0x0fU]);
    }
    return out;
}

Result<Target> parse_target(std::string_view raw) {
    const bool visible =
        std::all_of(raw.begin(), raw.end(), [](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
    if (!visible) {
        return fail(ErrorCode::InvalidInput, "the request target has a character that must be escaped");
    }
    const auto split = split_target(raw);
    if (!split) {
        return forward(split);
    }
    const auto mark = split->path_and_query.find('?');
    const auto path = split->path_and_query.substr(0, mark);
    Target target;
    target.authority = std::string(split->authority);
    target.path = path.empty() ? "/" : std::string(path);
    auto segments = split_path(target.path);
    if (!segments) {
        return tl::unexpected(std::move(segments).error().within("path"));
    }
    target.segments = *std::move(segments);
    if (mark != std::string_view::npos) {
        auto query = parse_query(split->path_and_query.substr(mark + 1));
        if (!query) {
            return tl::unexpected(std::move(query).error().within("query"));
        }
        target.query = *std::move(query);
    }
    return target;
}

}  // namespace souk::runtime
