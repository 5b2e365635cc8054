#pragma once

#include "core/common/time.hpp"

#include <chrono>
#include <stop_token>

namespace souk::runtime {

/// Wall-clock time; may jump. For durations and deadlines use std::chrono::steady_clock.
Timestamp now();

/// True after the whole time, false as soon as a stop is requested (also when it was before the call).
bool sleep_for(std::chrono::milliseconds duration, const std::stop_token& stop);

}  // namespace souk::runtime
