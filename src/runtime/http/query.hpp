#pragma once

#include "core/common/result.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace souk::runtime {

/// Decoded name and value pairs of a query string, in their order.
class Query {
public:
    using Parameter = std::pair<std::string, std::string>;

    Query() = default;
    explicit Query(std::vector<Parameter> parameters) : parameters_(std::move(parameters)) {}

    /// The first value of this name, or null.
    const std::string* find(std::string_view name) const;
    std::vector<std::string> find_all(std::string_view name) const;
    std::size_t count(std::string_view name) const;

    auto begin() const { return parameters_.begin(); }
    auto end() const { return parameters_.end(); }
    std::size_t size() const { return parameters_.size(); }
    bool empty() const { return parameters_.empty(); }

private:
    std::vector<Parameter> parameters_;
};

/// The text behind "?". "+" is a space, "a" is the same as "a=", empty pieces are skipped. Refused: bad
/// escapes, control characters, text that is not UTF-8, more than 100 parameters.
Result<Query> parse_query(std::string_view raw);

/// One percent-decoded piece ("+" stays). Refused: bad escapes, control characters, text that is not UTF-8.
Result<std::string> percent_decode(std::string_view raw);

/// Everything but letters, digits and "-._~" is escaped, so the result fits into a path segment or a query
/// value.
std::string percent_encode(std::string_view text);

/// A request target taken apart.
struct Target {
    std::string path;  // raw, not decoded, without query
    std::vector<std::string>
        segments;  // decoded; "/" has none; "/a/" has "a" and ""; an escaped slash stays inside its segment
    Query query;
    std::string authority;  // of the absolute form ("http://host/path"), else empty
};

/// Origin form ("/a?b=c") and absolute form. Refused: everything else, fragments, characters outside visible
/// ASCII, "." and ".." segments (also escaped), and what `percent_decode` and `parse_query` refuse.
Result<Target> parse_target(std::string_view raw);

}  // namespace souk::runtime
