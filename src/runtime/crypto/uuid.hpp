#pragma once

#include "core/common/time.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <string>

namespace souk::runtime {

using UuidBytes = std::array<std::uint8_t, 16>;

/// "0190f3a2-7c1e-7abc-8def-0123456789ab"
std::string to_uuid_text(const UuidBytes& uuid);

/// UUIDs of version 7 (RFC 9562): millisecond time, then random bits. Each is greater than all before from
/// the same source, also within one millisecond and when the clock goes back. Any thread.
class UuidV7Source {
public:
    using Now = std::function<Timestamp()>;
    using Random = std::function<void(std::span<std::uint8_t>)>;

    UuidV7Source();  // system clock and system random
    UuidV7Source(Now now, Random random);

    UuidBytes next();

private:
    void draw_tail();
    void advance_tail();

    Now now_;
    Random random_;
    std::mutex mutex_;
    std::int64_t last_ms_ = -1;
    std::uint64_t high_ = 0;  // 12 bits after the version
    std::uint64_t low_ = 0;   // 62 bits after the variant
};

}  // namespace souk::runtime
