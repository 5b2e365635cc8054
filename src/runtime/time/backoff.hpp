#pragma once

#include <chrono>
#include <functional>

namespace souk::runtime {

/// Delays between attempts: full jitter, that is evenly spread over 0 .. min(cap, base * 2^attempt), so that
/// many clients of a server that came back do not all return in the same moment.
class Backoff {
public:
    /// In [0, 1). Must be safe for all threads that share this object.
    using Random = std::function<double()>;

    Backoff(std::chrono::milliseconds base, std::chrono::milliseconds cap);  // random from the system
    Backoff(std::chrono::milliseconds base, std::chrono::milliseconds cap, Random random);

    /// `attempt` counts from 0. Values of 0 ms do occur.
    std::chrono::milliseconds delay(int attempt) const;
    /// The longest that `delay(attempt)` can be.
    std::chrono::milliseconds limit(int attempt) const;

private:
    std::chrono::milliseconds base_;
    std::chrono::milliseconds cap_;
    Random random_;
};

}  // namespace souk::runtime
