#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace souk::runtime {

/// From the kernel's generator (libsodium); any thread; ends the program if the system cannot deliver.
std::string random_bytes(std::size_t count);
void fill_random(std::span<std::uint8_t> bytes);

inline constexpr std::string_view kAlphanumeric =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
inline constexpr std::string_view kLowerAlphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789";

/// Every character equally likely. The alphabet has 2 to 256 characters.
std::string random_text(std::size_t length, std::string_view alphabet = kAlphanumeric);

/// In [0, 1), 53 bits.
double random_unit();

}  // namespace souk::runtime
