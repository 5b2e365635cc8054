#include "runtime/logging/json_line.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace souk::runtime {
namespace {

/// Bytes of the valid UTF-8 sequence at the start of `text`; 0 if it is not valid (overlong, surrogate, cut,
/// too large).
std::size_t utf8_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto follows = [&](std::size_t i, unsigned low, unsigned high) {
        return i < text.size() && byte(i) >= low && byte(i) <= high;
    };
    const unsigned first = byte(0);
    if (first < 0x80) {
        return 1;
    }
    if (first >= 0xc2 && first <= 0xdf) {
        return follows(1, 0x80, 0xbf) ? 2 : 0;
    }
    if (first >= 0xe0 && first <= 0xef) {
        const unsigned low = first == 0xe0 ? 0xa0 : 0x80;
        const unsigned high = first == 0xed ? 0x9f : 0xbf;
        return follows(1, low, high) && follows(2, 0x80, 0xbf) ? 3 : 0;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        const unsigned low = first == 0xf0 ? 0x90 : 0x80;
        const unsigned high = first == 0xf4 ? 0x8f : 0xbf;
        return follows(1, low, high) && follows(2, 0x80, 0xbf) && follows(3, 0x80, 0xbf) ? 4 : 0;
    }
    return 0;
}

void append_ascii(std::string& line, char c) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    switch (c) {
        case '"':
            line += "\\\"";
            return;
        case '\\':
            line += "\\\\";
            return;
        case '\n':
            line += "\\n";
            return;
        case '\r':
            line += "\\r";
            return;
        case '\t':
            line += "\\t";
            return;
        default:
            break;
    }
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
        line += "\\u00";
        line += kDigits[byte >> 4];
        line += kDigits[byte & 15];
        return;
    }
    line += c;
}

struct ValueWriter {
    std::string& line;

    void operator()(std::string_view text) const { append_json_text(line, text); }
    void operator()(std::int64_t number) const { line += std::to_string(number); }
    void operator()(bool flag) const { line += flag ? "true" : "false"; }
    void operator()(double number) const {
        if (!std::isfinite(number)) {
            line += "null";  // JSON has no word for it
            return;
        }
        std::array<char, 32> text{};
        const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
        line.append(text.data(), error == std::errc{} ? end : text.data());
    }
};

bool is_plain_word(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '=';
    });
}

}  // namespace

void append_json_text(std::string& line, std::string_view text) {
    line += '"';
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        if (length == 0) {
            line += "\xef\xbf\xbd";
        } else if (length == 1) {
            append_ascii(line, text.front());
        } else {
            line.append(text.substr(0, length));
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    line += '"';
}

void append_json_field(std::string& line, const LogField& field) {
    line += ',';
    append_json_text(line, field.name);
    line += ':';
    std::visit(ValueWriter{line}, field.value);
}

void append_human_field(std::string& line, const LogField& field) {
    line += ' ';
    line.append(field.name);
    line += '=';
    const auto* text = std::get_if<std::string_view>(&field.value);
    if (text != nullptr && is_plain_word(*text)) {
        line.append(*text);
        return;
    }
    std::visit(ValueWriter{line}, field.value);
}

}  // namespace souk::runtime
