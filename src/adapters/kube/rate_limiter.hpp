#pragma once

#include <chrono>
#include <mutex>

namespace souk::kube {

/// Token bucket, so that a bug of ours cannot drown an API server. Thread-safe.
class RateLimiter {
public:
    using Clock = std::chrono::steady_clock;
    RateLimiter(double per_second, double burst) : rate_(per_second), burst_(burst), tokens_(burst) {}

    /// Books one request; how long the caller must wait before it sends it (zero nearly always).
    std::chrono::milliseconds take(Clock::time_point now) {
        const std::scoped_lock lock(mutex_);
        if (last_ == Clock::time_point{}) {
            last_ = now;
        }
        if (now > last_) {
            tokens_ += std::chrono::duration<double>(now - last_).count() * rate_;
            tokens_ = tokens_ < burst_ ? tokens_ : burst_;
            last_ = now;
        }
        tokens_ -= 1.0;  // below zero: booked ahead, so waiting callers go one after the other
        if (tokens_ >= 0.0) {
            return std::chrono::milliseconds(0);
        }
        return std::chrono::milliseconds(
            static_cast<std::chrono::milliseconds::rep>(-tokens_ / rate_ * 1000.0) + 1);
    }

private:
    const double rate_;
    const double burst_;
    std::mutex mutex_;
    double tokens_;
    Clock::time_point last_{};
};

}  // namespace souk::kube
