#pragma once

#include "core/common/time.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace souk::cli {

/// "0s", "12s", "1m 05s", "2h 03m", "3d 04h"; negative ones count as zero (clocks differ).
std::string format_duration(std::chrono::microseconds duration);

/// "12s ago"; "-" when there is none.
std::string format_age(const std::optional<Timestamp>& time, Timestamp now);

/// "2026-11-21 09:30:00Z (12s ago)"; "-" when there is none.
std::string format_time(const std::optional<Timestamp>& time, Timestamp now);

/// "2026-11-21 09:30:00Z"
std::string format_true_time(Timestamp time);

}  // namespace souk::cli
