#pragma once

#include "core/common/id.hpp"
#include "core/common/time.hpp"

#include <array>
#include <cstdint>

namespace souk::app {

/// Wall time of this process, for durations and deadlines of calls. Leases and schedules use the database's
/// clock.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Timestamp now() const = 0;
};

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
