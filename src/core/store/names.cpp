#include "core/store/names.hpp"

#include "core/common/latin.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace souk {
namespace {

constexpr std::size_t kSlugMax = 40;
constexpr std::size_t kNamespaceMax = 63;
constexpr std::size_t kNameMax = 63;

// Hosts and paths the platform may want for itself.
constexpr std::array<std::string_view, 17> kReserved = {
    "admin", "api",     "app",  "auth", "dashboard", "default", "docs",   "kube", "live",
    "login", "metrics", "root", "souk", "soukd",     "status",  "system", "www"};

bool is_reserved(std::string_view text) {
    return std::find(kReserved.begin(), kReserved.end(), text) != kReserved.end();
}

bool is_label(std::string_view text, std::size_t max) {
    if (text.empty() || text.size() > max || text.front() == '-' || text.back() == '-') {
        return false;
    }
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

/// Decodes one code point at `at` and moves on; false for malformed UTF-8 (overlong, surrogate, cut).
bool next_code_point(std::string_view text, std::size_t& at, std::uint32_t& out) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t first = byte(at);
    std::size_t extra = 0;
    std::uint32_t least = 0;
    if (first < 0x80) {
        out = first;
        ++at;
        return true;
    }
    if ((first & 0xE0U) == 0xC0) {
        extra = 1;
        least = 0x80;
        out = first & 0x1FU;
    } else if ((first & 0xF0U) == 0xE0) {
        extra = 2;
        least = 0x800;
        out = first & 0x0FU;
    } else if ((first & 0xF8U) == 0xF0) {
        extra = 3;
        least = 0x10000;
        out = first & 0x07U;
    } else {
        return false;
    }
    if (at + extra >= text.size()) {
        return false;
    }
    for (std::size_t i = 1; i <= extra; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80) {
            return false;
        }
        out = (out << 6U) | (byte(at + i) & 0x3FU);
    }
    at += extra + 1;
    return out >= least && out <= 0x10FFFF && (out < 0xD800 || out > 0xDFFF);
}

/// Controls, and the marks that reorder or hide text on a screen.
bool is_unprintable(std::uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x00AD || c == 0x061C || c == 0x180E ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F);
}

std::string_view trimmed(std::string_view text) {
    const auto is_space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    while (!text.empty() && is_space(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_space(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

}  // namespace

Result<StoreName> StoreName::parse(std::string_view raw) {
    const std::string_view text = trimmed(raw);
    if (text.empty()) {
        return fail(ErrorCode::InvalidInput, "a name is needed");
    }
    std::size_t at = 0;
    std::size_t count = 0;
    while (at < text.size()) {
        std::uint32_t c = 0;
        if (!next_code_point(text, at, c)) {
            return fail(ErrorCode::InvalidInput, "a name must be valid UTF-8");
        }
        if (is_unprintable(c)) {
            return fail(ErrorCode::InvalidInput, "a name must not hold control or invisible characters");
        }
        if (++count > kNameMax) {
            return fail(ErrorCode::InvalidInput, "a name has at most 63 characters");
        }
    }
    return StoreName(std::string(text));
}

Result<Slug> Slug::parse(std::string_view text) {
    if (!is_label(text, kSlugMax)) {
        return fail(ErrorCode::InvalidInput,
                    "a slug has 1 to 40 of a-z, 0-9 and hyphen, and neither starts nor ends with a hyphen");
    }
    if (is_reserved(text)) {
        return fail(ErrorCode::InvalidInput, "'" + std::string(text) + "' is reserved for the platform");
    }
    return Slug(std::string(text));
}

Slug Slug::from_name(const StoreName& name) {
    const std::string& text = name.str();
    std::string out;
    std::uint32_t c = 0;
    for (std::size_t at = 0; at < text.size() && next_code_point(text, at, c);) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            out.push_back(static_cast<char>(c));
        } else if (c >= 'A' && c <= 'Z') {
            out.push_back(static_cast<char>(c - 'A' + 'a'));
        } else if (const auto letters = plain_letters(c); !letters.empty()) {
            out += letters;
        } else if (c == '\'' || c == 0x2019 || is_combining_mark(c)) {
            continue;  // "Ann's" reads as "anns"; an accent of its own belongs to the letter before it
        } else if (!out.empty() && out.back() != '-') {
            out.push_back('-');
        }
    }
    out = out.substr(0, kSlugMax);
    while (!out.empty() && out.back() == '-') {
        out.pop_back();
    }
    if (out.empty()) {
        out = "store";
    }
    if (is_reserved(out)) {
        out += "-store";
    }
    return Slug(std::move(out));
}

Slug Slug::numbered(int n) const {
    const std::string suffix = "-" + std::to_string(n);
    std::string head = str().substr(0, kSlugMax - suffix.size());
    while (!head.empty() && head.back() == '-') {
        head.pop_back();
    }
    return Slug(head + suffix);
}

Result<NamespaceName> NamespaceName::parse(std::string_view text) {
    if (!is_label(text, kNamespaceMax)) {
        return fail(ErrorCode::InvalidInput, "not a namespace name: " + std::string(text.substr(0, 80)));
    }
    return NamespaceName(std::string(text));
}

NamespaceName NamespaceName::for_store(const Slug& slug, const StoreId& id) {
    return NamespaceName("souk-" + slug.str() + "-" + id.str().substr(id.str().size() - 6));
}

}  // namespace souk
