#pragma once

#include "core/common/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace souk::engines {

struct YamlEntry;

/// One node of a YAML document with its place in the file. A plain value; nesting is bounded by the parser.
struct YamlNode {
    enum class Kind { Null, Scalar, Sequence, Map };
    Kind kind = Kind::Null;
    bool quoted = false;  // a scalar that is text whatever it looks like
    std::string text;
    std::vector<YamlNode> items;
    std::vector<YamlEntry> entries;  // in the order of the file
    int line = 1;                    // both from 1
    int column = 1;
};

struct YamlEntry {
    std::string key;
    int line = 1;
    int column = 1;
    YamlNode value;
};

inline constexpr std::size_t kMaxYamlBytes = std::size_t{128} * 1024;
inline constexpr std::size_t kMaxYamlDepth = 24;
inline constexpr std::size_t kMaxYamlNodes = 10'000;

/// Where a text stops being the YAML we accept.
struct YamlProblem {
    int line = 1;
    int column = 1;
    std::string detail;
};

/// Exactly one document of valid UTF-8 within the limits above, without anchors, aliases, tags, duplicate
/// keys or control characters: what is refused here cannot surprise anybody later (an alias bomb, two readers
/// that disagree).
tl::expected<YamlNode, YamlProblem> parse_yaml(std::string_view text);

}  // namespace souk::engines
