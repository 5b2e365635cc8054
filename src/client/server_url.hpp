#pragma once

#include "core/common/result.hpp"

#include <string>
#include <string_view>

namespace souk::client {

/// Checks a server's address and cuts a trailing slash. InvalidInput: not http(s)://host[:port], or it has
/// credentials in it.
Result<std::string> parse_server_url(std::string_view text);

}  // namespace souk::client
