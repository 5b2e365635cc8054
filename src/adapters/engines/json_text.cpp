#include "adapters/engines/json_text.hpp"

#include "adapters/engines/utf8.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <exception>
#include <optional>
#include <vector>

namespace json = boost::json;

namespace souk::engines {
namespace {

bool one_of(std::string_view text, std::initializer_list<std::string_view> list) {
    return std::ranges::find(list, text) != list.end();
}

bool all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Looks like a number to some YAML reader.
bool numeric_looking(std::string_view text) {
    if (text.starts_with('-') || text.starts_with('+')) {
        text.remove_prefix(1);
    }
    return !text.empty() && (all_digits(text.substr(0, 1)) || (text.front() == '.' && text.size() > 1)) &&
           std::ranges::all_of(text, [](char c) {
               return std::string_view("0123456789.eE+-_").find(c) != std::string_view::npos;
           });
}

std::optional<json::value> parse_number(std::string_view text) {
    const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
    if (digits.size() > 1 && digits.front() == '0' && digits[1] != '.' && digits[1] != 'e' &&
        digits[1] != 'E') {
        return std::nullopt;
    }
    const char* const end = text.data() + text.size();
    std::int64_t whole = 0;
    if (const auto [p, ec] = std::from_chars(text.data(), end, whole); ec == std::errc() && p == end) {
        return json::value(whole);
    }
    double real = 0;
    if (const auto [p, ec] = std::from_chars(text.data(), end, real);
        ec == std::errc() && p == end && std::isfinite(real)) {
        return json::value(real);
    }
    return std::nullopt;
}

json::value scalar_to_json(const YamlNode& node, const std::string& field, Problems& problems) {
    const std::string& text = node.text;
    if (node.quoted) {
        return json::value(text);
    }
    if (one_of(text, {"true", "True", "TRUE"})) {
        return json::value(true);
    }
    if (one_of(text, {"false", "False", "FALSE"})) {
        return json::value(false);
    }
    if (one_of(text, {"~", "null", "Null", "NULL", ""})) {
        return json::value(nullptr);
    }
    const bool ambiguous = one_of(text, {"yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off",
                                         "Off", "OFF", "y", "Y", "n", "N"}) ||
                           one_of(text, {".inf", "-.inf", "+.inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"}) ||
                           text.starts_with("0x") || text.starts_with("0o") || text.starts_with("0b");
    if (!ambiguous && !numeric_looking(text)) {
        return json::value(text);
    }
    if (!ambiguous) {
        if (std::optional<json::value> number = parse_number(text)) {
            return std::move(*number);
        }
        if (std::ranges::count(text, '.') > 1 || text.find('-', 1) != std::string::npos) {
            return json::value(text);  // a version or a date: no reader takes it for a number
        }
    }
    problems.add(node, field,
                 "'" + text.substr(0, 40) + "' means different things to different YAML readers: quote it");
    return json::value(text);
}

void write(std::string& out, const json::value& value) {
    if (const auto* object = value.if_object()) {
        std::vector<const json::key_value_pair*> pairs;
        pairs.reserve(object->size());
        for (const auto& pair : *object) {
            pairs.push_back(&pair);
        }
        std::ranges::sort(pairs, [](const auto* a, const auto* b) {
            return std::string_view(a->key()) < std::string_view(b->key());
        });
        out += '{';
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            out += i == 0 ? "" : ",";
            out += json::serialize(json::string(pairs[i]->key()));
            out += ':';
            write(out, pairs[i]->value());
        }
        out += '}';
        return;
    }
    if (const auto* array = value.if_array()) {
        out += '[';
        for (std::size_t i = 0; i < array->size(); ++i) {
            out += i == 0 ? "" : ",";
            write(out, (*array)[i]);
        }
        out += ']';
        return;
    }
    out += json::serialize(value);
}

}  // namespace

std::string canonical_json(const json::value& value) {
    std::string out;
    write(out, value);
    return out;
}

namespace {

/// False for a number that JSON can write and a double cannot hold: it would be written as no JSON again.
bool is_finite(const json::value& value) {
    if (const json::array* array = value.if_array()) {
        return std::all_of(array->begin(), array->end(), is_finite);
    }
    if (const json::object* object = value.if_object()) {
        return std::all_of(object->begin(), object->end(),
                           [](const auto& member) { return is_finite(member.value()); });
    }
    return !value.is_double() || std::isfinite(value.get_double());
}

}  // namespace

Result<json::value> parse_json(std::string_view text) {
    if (!is_utf8(text)) {
        return fail(ErrorCode::InvalidInput, "not UTF-8");
    }
    try {
        boost::system::error_code ec;
        json::parse_options options;
        options.max_depth = 32;
        json::value value = json::parse(text, ec, {}, options);
        if (ec) {
            return fail(ErrorCode::InvalidInput, "not JSON");
        }
        if (!is_finite(value)) {
            return fail(ErrorCode::InvalidInput, "a number is too large");
        }
        return value;
    } catch (const std::exception&) {
        return fail(ErrorCode::InvalidInput, "not JSON");
    }
}

json::value yaml_to_json(const YamlNode& node, const std::string& field, Problems& problems) {
    switch (node.kind) {
        case YamlNode::Kind::Null:
            return nullptr;
        case YamlNode::Kind::Scalar:
            return scalar_to_json(node, field, problems);
        case YamlNode::Kind::Sequence: {
            json::array array;
            for (std::size_t i = 0; i < node.items.size(); ++i) {
                array.push_back(yaml_to_json(node.items[i], field + "[" + std::to_string(i) + "]", problems));
            }
            return array;
        }
        case YamlNode::Kind::Map: {
            json::object object;
            for (const YamlEntry& entry : node.entries) {
                object[entry.key] =
                    yaml_to_json(entry.value, field.empty() ? entry.key : field + "." + entry.key, problems);
            }
            return object;
        }
    }
    return nullptr;
}

Result<> fill_texts(json::value& value, const std::function<Result<std::string>(std::string_view)>& fill) {
    if (auto* text = value.if_string()) {
        Result<std::string> filled = fill(*text);
        if (!filled) {
            return forward(filled);
        }
        value = *filled;
        return {};
    }
    if (auto* array = value.if_array()) {
        for (json::value& item : *array) {
            if (Result<> done = fill_texts(item, fill); !done) {
                return done;
            }
        }
    }
    if (auto* object = value.if_object()) {
        for (auto& pair : *object) {
            if (Result<> done = fill_texts(pair.value(), fill); !done) {
                return done;
            }
        }
    }
    return {};
}

bool json_equal(const json::value& a, const json::value& b) {
    if (a.is_number() && b.is_number()) {
        return a == b || a.to_number<double>() == b.to_number<double>();
    }
    if (const auto* left = a.if_array()) {
        const auto* right = b.if_array();
        return right != nullptr && std::ranges::equal(*left, *right, json_equal);
    }
    if (const auto* left = a.if_object()) {
        const auto* right = b.if_object();
        return right != nullptr && left->size() == right->size() &&
               std::ranges::all_of(*left, [&](const json::key_value_pair& pair) {
                   const json::value* other = right->if_contains(pair.key());
                   return other != nullptr && json_equal(pair.value(), *other);
               });
    }
    return a == b;
}

}  // namespace souk::engines
