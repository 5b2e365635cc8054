#pragma once

#include "core/common/result.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace souk::engines {

/// The names in `${name}` of a text; `$${` is a literal `${`. InvalidInput: an open `${` or a name with other
/// characters than a-z A-Z 0-9 . _ -
Result<std::vector<std::string>> placeholder_names(std::string_view text);

/// Replaces each `${name}` by `value_of(name)`, whose error ends it. Values are not looked at again: a value
/// that holds
/// `${` stays as it is.
Result<std::string> fill_placeholders(std::string_view text,
                                      const std::function<Result<std::string>(const std::string&)>& value_of);

/// store.id, store.slug, ...: what docs/reference/engine.md promises.
bool is_store_placeholder(std::string_view name);

}  // namespace souk::engines
