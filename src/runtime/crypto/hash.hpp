#pragma once

#include <string>
#include <string_view>

namespace souk::runtime {

std::string sha256(std::string_view data);                             // 32 raw bytes
std::string sha256_hex(std::string_view data);                         // 64 lower-case digits
std::string hmac_sha256(std::string_view key, std::string_view data);  // 32 raw bytes; a key of any length

/// Takes the same time wherever the texts differ; a different length is visible.
bool constant_time_equal(std::string_view a, std::string_view b);

}  // namespace souk::runtime
