#include "adapters/kube/log_sources.hpp"

#include <algorithm>

namespace souk::kube {
namespace {

constexpr std::size_t kMostOpen = 64;      // each is a connection to the API server
constexpr std::size_t kMostEver = 10'000;  // what is remembered of one follower

int restarts_of(const Pod& pod, const std::string& container) {
    const auto found = pod.container_restarts.find(container);
    return found == pod.container_restarts.end() ? 0 : found->second;
}

}  // namespace

std::vector<LogSources::Join> LogSources::join(std::vector<Pod> pods, bool first, bool again) {
    std::ranges::stable_sort(pods, {}, &Pod::created);
    std::vector<Join> out;
    for (const Pod& pod : pods) {
        if ((!pod_.empty() && pod_ != pod.name) || (!first && pod.phase == "Pending")) {
            continue;
        }
        for (const std::string& container : pod.containers) {
            if (open_ >= kMostOpen || known_.size() >= kMostEver) {
                return out;
            }
            if (wants(pod, container, again)) {
                known_[{pod.name, container}] = Known{pod.created, restarts_of(pod, container)};
                ++open_;
                out.push_back({pod.name, container});
            }
        }
    }
    return out;
}

bool LogSources::wants(const Pod& pod, const std::string& container, bool again) const {
    if (!container_.empty() && container_ != container) {
        return false;
    }
    const auto found = known_.find({pod.name, container});
    if (found == known_.end()) {
        return true;
    }
    const Known& known = found->second;
    // The list may be older than what was joined: then it still shows the pod's predecessor.
    if (known.open || pod.created < known.created) {
        return false;
    }
    return pod.created > known.created || restarts_of(pod, container) > known.restarts ||
           (again && known.no_log && pod.phase == "Running");
}

void LogSources::ended(const std::string& pod, const std::string& container, bool no_log) {
    const auto found = known_.find({pod, container});
    if (found != known_.end() && found->second.open) {
        found->second.open = false;
        found->second.no_log = no_log;
        --open_;
    }
}

}  // namespace souk::kube
