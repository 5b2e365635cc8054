#pragma once

#include "adapters/engines/problems.hpp"
#include "adapters/engines/yaml_tree.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace souk::engines {

struct TextRule {
    std::size_t most = 200;
    bool required = true;
    bool many_lines = false;
};

/// Reads the fields of one mapping and collects what is wrong. Unknown fields are reported when it is made.
/// Asking for a field that is not in the table is a bug of ours (assert). Keeps references to `node` and
/// `problems`.
class MapReader {
public:
    MapReader(const YamlNode& node, std::string path, std::span<const std::string_view> known,
              Problems& problems);

    /// Null when it is not there; required and missing is a problem.
    const YamlNode* find(std::string_view key) const;
    const YamlNode* require(std::string_view key) const;

    /// A plain or quoted scalar as its text ("1" and 1 are the same here).
    std::optional<std::string> text(std::string_view key, TextRule rule = {}) const;
    std::optional<long> number(std::string_view key, long least, long most, bool required = true) const;
    bool flag(std::string_view key, bool otherwise) const;

    std::string path_of(std::string_view key) const;
    const YamlNode& node() const { return node_; }

private:
    const YamlNode& node_;
    std::string path_;
    std::span<const std::string_view> known_;
    Problems& problems_;
};

/// The scalar's text within the rule; empty and a problem otherwise.
std::optional<std::string> scalar_text(const YamlNode& node, const std::string& field, TextRule rule,
                                       Problems& problems);
/// Reports a node that is not a map (null counts as an empty one) or has more entries than that.
bool is_map(const YamlNode& node, const std::string& field, std::size_t most, Problems& problems);
bool is_list(const YamlNode& node, const std::string& field, std::size_t most, Problems& problems);
void each_item(const YamlNode& list, const std::string& field,
               const std::function<void(const YamlNode&, const std::string&)>& visit);

// What texts may look like; all pure.
bool is_dns_label(std::string_view text, std::size_t most);
bool is_word(std::string_view text, std::size_t most);  // a letter, then letters, digits, _ or -
bool is_version(std::string_view text);
bool is_image(std::string_view text);
bool is_quantity(std::string_view text);
bool is_route_path(std::string_view text);
bool is_json_pointer(std::string_view text);
bool is_header_name(std::string_view text);

}  // namespace souk::engines
