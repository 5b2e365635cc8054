#pragma once

#include "adapters/kube/objects.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace souk::kube {

/// Which containers one who follows a store's logs has, and which are to be joined. Pure. Nothing is joined
/// twice, so no line comes again: only a pod that was made anew under its old name is another one, and a
/// container that was started again in its pod, whose log begins anew with each start.
class LogSources {
public:
    struct Join {
        std::string pod;
        std::string container;
    };

    /// Empty: all.
    LogSources(std::string pod, std::string container)
        : pod_(std::move(pod)), container_(std::move(container)) {}

    /// Everything there is, begun or not: whoever asks for one that has not begun learns why.
    std::vector<Join> first(const std::vector<Pod>& pods) { return join(pods, true, false); }
    /// What has come since, oldest pod first, at most as many as one may have open. `again`: also of running
    /// pods what had no log when it was asked.
    std::vector<Join> later(const std::vector<Pod>& pods, bool again) { return join(pods, false, again); }
    /// `no_log`: it had not begun yet.
    void ended(const std::string& pod, const std::string& container, bool no_log);

private:
    struct Known {
        Timestamp created{};  // of the newest pod of this name that was joined
        int restarts = 0;     // of the container by then
        bool open = true;
        bool no_log = false;
    };
    std::vector<Join> join(std::vector<Pod> pods, bool first, bool again);
    bool wants(const Pod& pod, const std::string& container, bool again) const;

    const std::string pod_;
    const std::string container_;
    std::map<std::pair<std::string, std::string>, Known> known_;  // by pod and container
    std::size_t open_ = 0;
};

}  // namespace souk::kube
