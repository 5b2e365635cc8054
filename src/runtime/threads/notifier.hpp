#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>

namespace souk::runtime {

/// A wake-up that is never lost: the waiter remembers the last count it saw, so a `notify` between its look
/// at the work and its wait ends the wait at once. Any number of notifiers and waiters, any thread.
class Notifier {
public:
    enum class Wake { Notified, TimedOut, Stopped };

    void notify();
    std::uint64_t count() const;
    /// Returns when `count()` differs from `seen` (which is then updated), the time is over or a stop was
    /// requested.
    Wake wait(std::uint64_t& seen, std::chrono::milliseconds at_most, std::stop_token stop);

private:
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::uint64_t count_ = 0;
};

}  // namespace souk::runtime
