#pragma once

#include "core/common/id.hpp"

#include <chrono>
#include <map>
#include <mutex>
#include <optional>

namespace souk::daemon {

/// From the first change of a store that the watches told to the turn that looks at it. One entry per store
/// that waits. Thread-safe.
class ReconcileLag {
public:
    using Clock = std::chrono::steady_clock;

    void changed(const StoreId& store, Clock::time_point now) {
        const std::scoped_lock lock(mutex_);
        waiting_.try_emplace(store, now);
    }
    /// Nothing when the turn has another cause.
    std::optional<std::chrono::duration<double>> turn_begins(const StoreId& store, Clock::time_point now) {
        const std::scoped_lock lock(mutex_);
        const auto found = waiting_.find(store);
        if (found == waiting_.end()) {
            return std::nullopt;
        }
        const auto lag = now - found->second;
        waiting_.erase(found);
        return lag;
    }

private:
    std::mutex mutex_;                              // guards waiting_
    std::map<StoreId, Clock::time_point> waiting_;  // since when
};

}  // namespace souk::daemon
