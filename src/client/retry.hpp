#pragma once

#include "runtime/time/backoff.hpp"
#include "runtime/time/clock.hpp"

#include <chrono>
#include <functional>
#include <stop_token>

namespace souk::client {

/// False: a stop was requested.
using Sleep = std::function<bool(std::chrono::milliseconds, const std::stop_token&)>;

/// For calls that are safe twice.
struct RetryPolicy {
    int attempts = 4;
    runtime::Backoff backoff = runtime::Backoff(std::chrono::milliseconds(200), std::chrono::seconds(2));
    Sleep sleep = runtime::sleep_for;
};

}  // namespace souk::client
