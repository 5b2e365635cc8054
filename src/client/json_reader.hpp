#pragma once

#include "core/common/time.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

/// Reading of answers, for this folder's .cpp files only. The server may be newer than we are: what is
/// unknown is skipped, what is absent or of another type is empty, and only what a value cannot be without is
/// insisted on by its reader.
namespace souk::client {

Result<boost::json::object> parse_object(std::string_view text);

std::string text_of(const boost::json::object& object, std::string_view name);
std::optional<std::string> maybe_text(const boost::json::object& object, std::string_view name);
std::int64_t number_of(const boost::json::object& object, std::string_view name);
bool flag_of(const boost::json::object& object, std::string_view name);
std::optional<Timestamp> time_of(const boost::json::object& object, std::string_view name);
/// Null when it is absent or no object.
const boost::json::object* object_of(const boost::json::object& object, std::string_view name);
/// Calls for every element of the array that is an object.
void for_each_object(const boost::json::object& object, std::string_view name,
                     const std::function<void(const boost::json::object&)>& use);

}  // namespace souk::client
