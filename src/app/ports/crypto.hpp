#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace souk::app {

/// Cryptographic randomness and hashes. Thread-safe.
class Crypto {
public:
    virtual ~Crypto() = default;
    /// 256 bits as URL-safe text.
    virtual std::string random_token() = 0;
    virtual std::string sha256_hex(std::string_view text) const = 0;
};

}  // namespace souk::app
