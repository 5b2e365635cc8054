#include "adapters/engines/map_reader.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <utility>

namespace souk::engines {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return is_lower(c) || (c >= 'A' && c <= 'Z'); }
bool is_alphanumeric(char c) { return is_letter(c) || is_digit(c); }
bool in(std::string_view set, char c) { return set.find(c) != std::string_view::npos; }

std::string list_of(std::span<const std::string_view> names) {
    std::string out;
    for (const std::string_view name : names) {
        out += (out.empty() ? "" : ", ") + std::string(name);
    }
    return out;
}

}  // namespace

MapReader::MapReader(const YamlNode& node, std::string path, std::span<const std::string_view> known,
                     Problems& problems)
    : node_(node), path_(std::move(path)), known_(known), problems_(problems) {
    if (node.kind != YamlNode::Kind::Map) {
        problems.add(node, path_, "must be a mapping with " + list_of(known));
        return;
    }
    for (const YamlEntry& entry : node.entries) {
        if (std::ranges::find(known, entry.key) == known.end()) {
            problems.add(entry, path_of(entry.key.substr(0, 60)),
                         "unknown field; known are " + list_of(known));
        }
    }
}

std::string MapReader::path_of(std::string_view key) const {
    return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

const YamlNode* MapReader::find(std::string_view key) const {
    assert(std::ranges::find(known_, key) != known_.end());
    const auto found = std::ranges::find(node_.entries, key, &YamlEntry::key);
    return found == node_.entries.end() ? nullptr : &found->value;
}

const YamlNode* MapReader::require(std::string_view key) const {
    const YamlNode* found = find(key);
    if (found == nullptr && node_.kind == YamlNode::Kind::Map) {
        problems_.add(node_, path_of(key), "is missing");
    }
    return found;
}

std::optional<std::string> MapReader::text(std::string_view key, TextRule rule) const {
    const YamlNode* found = rule.required ? require(key) : find(key);
    return found == nullptr ? std::nullopt : scalar_text(*found, path_of(key), rule, problems_);
}

std::optional<long> MapReader::number(std::string_view key, long least, long most, bool required) const {
    const YamlNode* found = required ? require(key) : find(key);
    if (found == nullptr) {
        return std::nullopt;
    }
    long value = 0;
    const std::string& text = found->text;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (found->kind != YamlNode::Kind::Scalar || found->quoted || ec != std::errc() ||
        end != text.data() + text.size() || value < least || value > most) {
        problems_.add(*found, path_of(key),
                      "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
        return std::nullopt;
    }
    return value;
}

bool MapReader::flag(std::string_view key, bool otherwise) const {
    const YamlNode* found = find(key);
    if (found == nullptr) {
        return otherwise;
    }
    if (found->kind != YamlNode::Kind::Scalar || found->quoted ||
        (found->text != "true" && found->text != "false")) {
        problems_.add(*found, path_of(key), "must be true or false");
        return otherwise;
    }
    return found->text == "true";
}

std::optional<std::string> scalar_text(const YamlNode& node, const std::string& field, TextRule rule,
                                       Problems& problems) {
    if (node.kind != YamlNode::Kind::Scalar || (node.text.empty() && rule.required)) {
        problems.add(node, field, "must be a text that is not empty");
        return std::nullopt;
    }
    if (node.text.size() > rule.most) {
        problems.add(node, field, "is longer than " + std::to_string(rule.most) + " bytes");
        return std::nullopt;
    }
    if (!rule.many_lines && node.text.find_first_of("\n\t") != std::string::npos) {
        problems.add(node, field, "must be one line without tabs");
        return std::nullopt;
    }
    return node.text;
}

bool is_map(const YamlNode& node, const std::string& field, std::size_t most, Problems& problems) {
    if (node.kind == YamlNode::Kind::Null) {
        return true;
    }
    if (node.kind != YamlNode::Kind::Map || node.entries.size() > most) {
        problems.add(node, field, "must be a mapping of at most " + std::to_string(most) + " entries");
        return false;
    }
    return true;
}

bool is_list(const YamlNode& node, const std::string& field, std::size_t most, Problems& problems) {
    if (node.kind == YamlNode::Kind::Null) {
        return true;
    }
    if (node.kind != YamlNode::Kind::Sequence || node.items.size() > most) {
        problems.add(node, field, "must be a list of at most " + std::to_string(most) + " items");
        return false;
    }
    return true;
}

void each_item(const YamlNode& list, const std::string& field,
               const std::function<void(const YamlNode&, const std::string&)>& visit) {
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        visit(list.items[i], field + "[" + std::to_string(i) + "]");
    }
}

bool is_dns_label(std::string_view text, std::size_t most) {
    return !text.empty() && text.size() <= most && is_lower(text.front()) && text.back() != '-' &&
           std::ranges::all_of(text, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

bool is_word(std::string_view text, std::size_t most) {
    return !text.empty() && text.size() <= most && is_letter(text.front()) &&
           std::ranges::all_of(text, [](char c) { return is_alphanumeric(c) || c == '_' || c == '-'; });
}

bool is_version(std::string_view text) {
    return !text.empty() && text.size() <= 40 && is_alphanumeric(text.front()) &&
           is_alphanumeric(text.back()) &&
           std::ranges::all_of(text, [](char c) { return is_alphanumeric(c) || in("._-", c); });
}

bool is_image(std::string_view text) {
    const std::size_t digest = text.find('@');
    const std::size_t slash = text.rfind('/', digest);
    const std::size_t colon = text.find(':', slash == std::string_view::npos ? 0 : slash);
    const bool characters =
        std::ranges::all_of(text, [](char c) { return is_alphanumeric(c) || in("._-/:@", c); });
    const std::string_view tag =
        colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
    return characters && text.size() <= 255 && text.find("//") == std::string_view::npos &&
           !text.starts_with('/') && (digest != std::string_view::npos || (!tag.empty() && tag != "latest"));
}

bool is_quantity(std::string_view text) {
    const std::size_t end = text.find_first_not_of("0123456789.");
    const std::string_view digits = text.substr(0, end);
    const std::string_view unit = end == std::string_view::npos ? std::string_view() : text.substr(end);
    constexpr std::array<std::string_view, 10> units = {"", "m", "k", "M", "G", "T", "Ki", "Mi", "Gi", "Ti"};
    return text.size() <= 20 && !digits.empty() && is_digit(digits.front()) && is_digit(digits.back()) &&
           std::ranges::count(digits, '.') <= 1 && std::ranges::find(units, unit) != units.end();
}

bool is_route_path(std::string_view text) {
    return text.size() <= 200 && text.starts_with('/') && text.find("//") == std::string_view::npos &&
           text.find("/.") == std::string_view::npos &&
           std::ranges::all_of(text, [](char c) { return is_alphanumeric(c) || in("-._~/", c); });
}

bool is_json_pointer(std::string_view text) {
    if (text.size() > 300 || (!text.empty() && text.front() != '/')) {
        return false;
    }
    for (std::size_t i = text.find('~'); i != std::string_view::npos; i = text.find('~', i + 1)) {
        if (i + 1 >= text.size() || (text[i + 1] != '0' && text[i + 1] != '1')) {
            return false;
        }
    }
    return true;
}

bool is_header_name(std::string_view text) {
    return !text.empty() && text.size() <= 100 &&
           std::ranges::all_of(text, [](char c) { return is_alphanumeric(c) || in("!#$%&'*+-.^_`|~", c); });
}

}  // namespace souk::engines
