#include "cli/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace souk::cli {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Character {
    char32_t code = 0;
    std::string_view bytes;
    bool valid = true;
};

std::size_t length_by_first(unsigned char first) {
    if (first < 0x80) {
        return 1;
    }
    if (first >= 0xC2 && first <= 0xDF) {
        return 2;
    }
    if (first >= 0xE0 && first <= 0xEF) {
        return 3;
    }
    return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

/// Takes the first character off a text that is not empty.
Character take_character(std::string_view& text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const std::size_t length = length_by_first(byte(0));
    const auto broken = [&] {
        const Character made{kReplacement, text.substr(0, 1), false};
        text.remove_prefix(1);
        return made;
    };
    if (length == 0 || text.size() < length) {
        return broken();
    }
    constexpr std::array<unsigned, 5> kFirstMask = {0, 0x7F, 0x1F, 0x0F, 0x07};
    auto code = static_cast<char32_t>(byte(0) & kFirstMask.at(length));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) {
            return broken();
        }
        code = (code << 6U) | (byte(i) & 0x3FU);
    }
    constexpr std::array<char32_t, 5> kSmallest = {0, 0, 0x80, 0x800, 0x10000};
    if (code < kSmallest.at(length) || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        return broken();
    }
    const Character made{code, text.substr(0, length), true};
    text.remove_prefix(length);
    return made;
}

bool is_harmful(char32_t code) {
    return (code < 0x20 && code != '\t') || (code >= 0x7F && code <= 0x9F) || code == 0x061C ||
           (code >= 0x200E && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

std::string hex(char32_t code, int digits) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
        text.push_back(kDigits[(code >> static_cast<unsigned>(shift)) & 0xFU]);
    }
    return text;
}

struct Range {
    char32_t first;
    char32_t last;
};

constexpr std::array kNoWidth = {
    Range{0x0300, 0x036F},   Range{0x0483, 0x0489},  Range{0x0591, 0x05BD}, Range{0x0610, 0x061A},
    Range{0x064B, 0x065F},   Range{0x06D6, 0x06DC},  Range{0x0900, 0x0902}, Range{0x093C, 0x093C},
    Range{0x0941, 0x0948},   Range{0x094D, 0x094D},  Range{0x0E31, 0x0E31}, Range{0x0E34, 0x0E3A},
    Range{0x0E47, 0x0E4E},   Range{0x1AB0, 0x1AFF},  Range{0x1DC0, 0x1DFF}, Range{0x200B, 0x200F},
    Range{0x20D0, 0x20FF},   Range{0x3099, 0x309A},  Range{0xFE00, 0xFE0F}, Range{0xFE20, 0xFE2F},
    Range{0x1F3FB, 0x1F3FF}, Range{0xE0100, 0xE01EF}};
constexpr std::array kWide = {
    Range{0x1100, 0x115F},   Range{0x231A, 0x231B},   Range{0x23E9, 0x23EC},  Range{0x25FD, 0x25FE},
    Range{0x2614, 0x2615},   Range{0x2648, 0x2653},   Range{0x26A1, 0x26A1},  Range{0x26BD, 0x26BE},
    Range{0x2705, 0x2705},   Range{0x274C, 0x274C},   Range{0x2753, 0x2755},  Range{0x2795, 0x2797},
    Range{0x2E80, 0x303E},   Range{0x3041, 0x33FF},   Range{0x3400, 0x4DBF},  Range{0x4E00, 0x9FFF},
    Range{0xA000, 0xA4CF},   Range{0xA960, 0xA97C},   Range{0xAC00, 0xD7A3},  Range{0xF900, 0xFAFF},
    Range{0xFE30, 0xFE6F},   Range{0xFF01, 0xFF60},   Range{0xFFE0, 0xFFE6},  Range{0x1F300, 0x1F64F},
    Range{0x1F680, 0x1F6FF}, Range{0x1F900, 0x1F9FF}, Range{0x20000, 0x3FFFD}};

template <std::size_t N>
bool is_in(const std::array<Range, N>& ranges, char32_t code) {
    return std::any_of(ranges.begin(), ranges.end(),
                       [&](const Range& r) { return code >= r.first && code <= r.last; });
}

std::size_t width_of(char32_t code) {
    if (code < 0x300) {
        return 1;
    }
    return is_in(kNoWidth, code) ? 0 : is_in(kWide, code) ? 2 : 1;
}

}  // namespace

std::string clean(std::string_view text) {
    std::string cleaned;
    cleaned.reserve(text.size());
    while (!text.empty()) {
        const auto character = take_character(text);
        if (!character.valid) {
            cleaned += "\xEF\xBF\xBD";
        } else if (is_harmful(character.code)) {
            cleaned +=
                character.code < 0x80 ? "\\x" + hex(character.code, 2) : "\\u" + hex(character.code, 4);
        } else {
            cleaned += character.bytes;
        }
    }
    return cleaned;
}

std::string clean_json(std::string_view text) {
    std::string cleaned;
    cleaned.reserve(text.size());
    while (!text.empty()) {
        const auto character = take_character(text);
        if (!character.valid) {
            cleaned += "\\ufffd";
        } else if (is_harmful(character.code) && character.code != '\n') {
            cleaned += "\\u" + hex(character.code, 4);
        } else {
            cleaned += character.bytes;
        }
    }
    return cleaned;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        width += width_of(take_character(text).code);
    }
    return width;
}

std::string shorten(std::string_view text, std::size_t columns) {
    if (display_width(text) <= columns) {
        return std::string(text);
    }
    if (columns == 0) {
        return {};
    }
    std::string cut;
    std::size_t width = 1;  // of the mark
    while (!text.empty()) {
        const auto character = take_character(text);
        width += width_of(character.code);
        if (width > columns) {
            break;
        }
        cut += character.bytes;
    }
    return cut + "\xE2\x80\xA6";
}

std::string pad(std::string_view text, std::size_t columns) {
    std::string padded(text);
    const auto width = display_width(text);
    padded.append(width < columns ? columns - width : 0, ' ');
    return padded;
}

}  // namespace souk::cli
