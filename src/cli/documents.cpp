#include "cli/documents.hpp"

#include "cli/text.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace souk::cli {
namespace {

namespace json = boost::json;

/// The library writes 10.467 as 1.0467E1, which YAML 1.1 reads as text.
std::string fraction(double value) {
    std::array<char, 512> text{};  // the longest, of 1e308, needs some 310
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    const std::string_view shown(text.data(), static_cast<std::size_t>(end.ptr - text.data()));
    return std::string(shown) + (shown.find('.') == std::string_view::npos ? ".0" : "");
}

std::string scalar(const json::value& value) {
    return value.is_double() ? fraction(value.get_double()) : clean_json(json::serialize(value));
}

bool is_scalar(const json::value& value) {
    return !(value.is_object() && !value.get_object().empty()) &&
           !(value.is_array() && !value.get_array().empty());
}

void write_json(const json::value& value, std::size_t indent, std::string& text) {
    if (is_scalar(value)) {
        text += scalar(value);
        return;
    }
    const std::string inner = "\n" + std::string(indent + 2, ' ');
    const std::string outer = "\n" + std::string(indent, ' ');
    const char* comma = "";
    if (const auto* object = value.if_object()) {
        text += "{";
        for (const auto& [name, member] : *object) {
            text += comma + inner + scalar(name) + ": ";
            write_json(member, indent + 2, text);
            comma = ",";
        }
        text += outer + "}";
        return;
    }
    text += "[";
    for (const auto& item : value.get_array()) {
        text += comma + inner;
        write_json(item, indent + 2, text);
        comma = ",";
    }
    text += outer + "]";
}

bool is_word(std::string_view text) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto inside = [&](char c) {
        return letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' || c == '/';
    };
    // Short words are quoted for the sake of yes, no, on, off, null, true, y, n and ~.
    return text.size() > 5 && letter(text.front()) && std::all_of(text.begin(), text.end(), inside);
}

/// Names are never mistaken in practice but for those that are words of YAML itself.
std::string yaml_key(std::string_view name) {
    static constexpr auto kWords = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"};
    const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || c == '_';
    });
    return plain && std::find(kWords.begin(), kWords.end(), name) == kWords.end()
               ? std::string(name)
               : scalar(json::string(name));
}

std::string yaml_scalar(const json::value& value) {
    if (const auto* text = value.if_string(); text != nullptr && is_word(*text)) {
        return std::string(*text);
    }
    return scalar(value);
}

void write_yaml(const json::value& value, std::size_t indent, bool in_list, std::string& text) {
    const std::string margin(indent, ' ');
    bool first = in_list;  // the first line of a list's item stands behind its dash
    const auto begin_line = [&] {
        if (!first) {
            text += margin;
        }
        first = false;
    };
    const auto put = [&](const json::value& member, std::size_t deeper) {
        if (is_scalar(member)) {
            text += " " + yaml_scalar(member) + "\n";
            return;
        }
        text += "\n";
        write_yaml(member, deeper, false, text);
    };
    if (const auto* object = value.if_object()) {
        for (const auto& [name, member] : *object) {
            begin_line();
            text += yaml_key(name) + ":";
            put(member, indent + 2);
        }
        return;
    }
    for (const auto& item : value.get_array()) {
        begin_line();
        text += "-";
        if (is_scalar(item)) {
            put(item, indent);
            continue;
        }
        text += " ";
        write_yaml(item, indent + 2, true, text);
    }
}

}  // namespace

std::optional<Format> parse_format(std::string_view text) {
    if (text == "table") {
        return Format::Table;
    }
    if (text == "json") {
        return Format::Json;
    }
    return text == "yaml" ? std::optional(Format::Yaml) : std::nullopt;
}

std::string to_json(const json::value& value) {
    std::string text;
    write_json(value, 0, text);
    return text + "\n";
}

std::string to_json_line(const json::value& value) { return scalar(value) + "\n"; }

std::string to_yaml(const json::value& value) {
    if (is_scalar(value)) {
        return yaml_scalar(value) + "\n";
    }
    std::string text;
    write_yaml(value, 0, false, text);
    return text;
}

std::string to_text(const json::value& value, Format format) {
    return format == Format::Yaml ? to_yaml(value) : to_json(value);
}

std::string to_stream_text(const json::value& value, Format format) {
    return format == Format::Yaml ? "---\n" + to_yaml(value) : to_json_line(value);
}

}  // namespace souk::cli
