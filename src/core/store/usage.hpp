#pragma once

#include "core/common/time.hpp"

#include <cstdint>

namespace souk {

/// What a store used of processor, memory and (claimed) disk at one time.
struct UsageSample {
    Timestamp time{};
    std::int64_t cpu_millicores = 0;
    std::int64_t memory_bytes = 0;
    std::int64_t storage_bytes = 0;
    int pods = 0;

    friend bool operator==(const UsageSample&, const UsageSample&) = default;
};

}  // namespace souk
