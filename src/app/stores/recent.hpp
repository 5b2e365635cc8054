#pragma once

#include "core/common/result.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace souk::app {

using RecentClock = std::function<std::chrono::steady_clock::time_point()>;

/// Answers that may be a second old, so that many readers of the same thing cost one look. Errors are not
/// kept. Thread-safe; two that miss at the same time look both, because no lock is held over a look.
template <class Value>
class Recent {
public:
    explicit Recent(RecentClock now = std::chrono::steady_clock::now) : now_(std::move(now)) {}

    /// What was looked up under another `version` is not taken, however young.
    template <class Look>
    Result<std::shared_ptr<const Value>> get(const std::string& key, Look&& look, std::uint64_t version = 0) {
        {
            const std::scoped_lock lock(mutex_);
            const auto found = kept_.find(key);
            if (found != kept_.end() && found->second.version == version &&
                now_() - found->second.at < kAge) {
                return found->second.value;
            }
        }
        Result<Value> fresh = look();
        if (!fresh) {
            return forward(std::move(fresh));
        }
        auto value = std::make_shared<const Value>(std::move(*fresh));
        const std::scoped_lock lock(mutex_);
        const auto at = now_();
        std::erase_if(kept_, [&](const auto& entry) { return at - entry.second.at >= kAge; });
        kept_[key] = {at, version, value};
        return value;
    }

private:
    static constexpr std::chrono::seconds kAge{1};
    struct Entry {
        std::chrono::steady_clock::time_point at;
        std::uint64_t version = 0;
        std::shared_ptr<const Value> value;
    };

    const RecentClock now_;
    std::mutex mutex_;  // guards kept_
    std::map<std::string, Entry> kept_;
};

}  // namespace souk::app
