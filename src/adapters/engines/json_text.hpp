#pragma once

#include "adapters/engines/problems.hpp"
#include "adapters/engines/yaml_tree.hpp"
#include "core/common/result.hpp"

#include <boost/json/fwd.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace souk::engines {

/// Keys sorted by bytes, no white space: equal values give equal text.
std::string canonical_json(const boost::json::value& value);

/// Parses text of ours or of a store; at most 32 deep, valid UTF-8, no number beyond a double, nothing after
/// the value. InvalidInput otherwise.
Result<boost::json::value> parse_json(std::string_view text);

/// YAML as JSON with the types of YAML 1.2's core schema; a quoted scalar stays text. What different YAML
/// readers take for different things (yes, on, 0o17, 0123, .inf) is a problem: "quote it".
boost::json::value yaml_to_json(const YamlNode& node, const std::string& field, Problems& problems);

/// Calls `fill` on every text of the value, not on keys; the first error ends it.
Result<> fill_texts(boost::json::value& value,
                    const std::function<Result<std::string>(std::string_view)>& fill);

/// Equal as JSON: 1 and 1.0 are the same number.
bool json_equal(const boost::json::value& a, const boost::json::value& b);

}  // namespace souk::engines
