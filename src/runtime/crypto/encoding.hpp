#pragma once

#include "core/common/result.hpp"

#include <string>
#include <string_view>

namespace souk::runtime {

std::string hex_encode(std::string_view data);  // lower case

std::string base64_encode(std::string_view data);     // RFC 4648 section 4, padded
std::string base64url_encode(std::string_view data);  // section 5, not padded
/// InvalidInput for anything that `base64_encode` would not have written, except that line breaks are skipped
/// (PEM, YAML).
Result<std::string> base64_decode(std::string_view text);
/// Not padded; anything else is InvalidInput.
Result<std::string> base64url_decode(std::string_view text);

}  // namespace souk::runtime
