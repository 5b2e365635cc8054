#pragma once

#include "core/common/result.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace souk {

/// Wall-clock time, microseconds since 1970 in UTC: the unit of both databases.
using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;

constexpr std::int64_t to_micros(Timestamp t) { return t.time_since_epoch().count(); }
constexpr Timestamp from_micros(std::int64_t micros) { return Timestamp(std::chrono::microseconds(micros)); }

/// RFC 3339 in UTC with milliseconds: "2026-11-21T09:30:00.123Z".
std::string to_rfc3339(Timestamp t);

/// Accepts RFC 3339 with any offset and up to nine digits of fraction (more precision than microseconds is
/// cut).
Result<Timestamp> parse_rfc3339(std::string_view text);

}  // namespace souk
