#pragma once

#include "core/common/result.hpp"
#include "core/common/time.hpp"

#include <boost/json/value.hpp>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace souk::kube {

namespace json = boost::json;

/// Internal when the text is not JSON, too deep or has invalid UTF-8. The message holds nothing of the text.
Result<json::value> parse_json(std::string_view text);

/// Readers that never fail: absent and of another type are the same, because an answer of the API server is
/// never trusted to have a shape.
using Path = std::initializer_list<std::string_view>;
const json::value* find_at(const json::value& value, Path path);
std::string text_at(const json::value& value, Path path);
std::int64_t number_at(const json::value& value, Path path, std::int64_t otherwise = 0);
bool flag_at(const json::value& value, Path path);
/// Never null: an empty array or object stands in.
const json::array& array_at(const json::value& value, Path path);
const json::object& object_at(const json::value& value, Path path);
/// The epoch when absent or malformed.
Timestamp time_at(const json::value& value, Path path);
std::string label_of(const json::value& object, std::string_view key);
std::string annotation_of(const json::value& object, std::string_view key);

/// Keys in order at every level: equal values give equal texts.
std::string canonical(const json::value& value);

/// Control characters become spaces, longer texts are cut at a code point: for texts from outside that people
/// read.
std::string tidy_text(std::string_view text, std::size_t max = 500);

}  // namespace souk::kube
