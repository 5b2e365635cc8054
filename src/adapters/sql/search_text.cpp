#include "adapters/sql/search_text.hpp"

namespace souk::sql {
namespace {

/// Letters that UTF-8 writes with two bytes (U+0080 to U+07FF).
unsigned fold_two_bytes(unsigned c) {
    if (c >= 0xC0 && c <= 0xDE && c != 0xD7) {  // Latin-1
        return c + 0x20;
    }
    // Latin Extended-A: pairs; the upper-case one is even in the first and third run, odd in the others. The
    // dotted I and the lone letters stay.
    if ((c >= 0x100 && c <= 0x12F) || (c >= 0x132 && c <= 0x137) || (c >= 0x14A && c <= 0x177)) {
        return c | 1U;
    }
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) {
        return c % 2 == 1 ? c + 1 : c;
    }
    if (c >= 0x391 && c <= 0x3A9 && c != 0x3A2) {  // Greek
        return c + 0x20;
    }
    if (c >= 0x410 && c <= 0x42F) {  // Cyrillic
        return c + 0x20;
    }
    if (c >= 0x400 && c <= 0x40F) {
        return c + 0x50;
    }
    return c;
}

}  // namespace

std::string fold_case(std::string_view utf8) {
    std::string out;
    out.reserve(utf8.size());
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto first = static_cast<unsigned char>(utf8[i]);
        if (first >= 'A' && first <= 'Z') {
            out.push_back(static_cast<char>(first + 0x20));
            continue;
        }
        const bool two = (first & 0xE0U) == 0xC0 && i + 1 < utf8.size() &&
                         (static_cast<unsigned char>(utf8[i + 1]) & 0xC0U) == 0x80;
        if (!two) {
            out.push_back(utf8[i]);
            continue;
        }
        const unsigned c =
            fold_two_bytes(((first & 0x1FU) << 6U) | (static_cast<unsigned char>(utf8[i + 1]) & 0x3FU));
        out.push_back(static_cast<char>(0xC0U | (c >> 6U)));
        out.push_back(static_cast<char>(0x80U | (c & 0x3FU)));
        ++i;
    }
    return out;
}

std::string search_text(std::string_view name, std::string_view slug) {
    return fold_case(name) + "\n" + std::string(slug);
}

std::string like_pattern(std::string_view search) {
    std::string out = "%";
    for (const char c : fold_case(search)) {
        if (c == '%' || c == '_' || c == '\\') {
            out.push_back('\\');
        }
        out.push_back(c);
    }
    out.push_back('%');
    return out;
}

}  // namespace souk::sql
