#pragma once

#include "core/common/id.hpp"

#include <array>
#include <cstdint>

namespace souk::app {

/// Fresh UUIDv7 bytes, monotonic within the process. Thread-safe.
class IdSource {
public:
    virtual ~IdSource() = default;
    virtual std::array<std::uint8_t, 16> next() = 0;
    template <class T>
    T make() {
        return T::from_bytes(next());
    }
};

}  // namespace souk::app
