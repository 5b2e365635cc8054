#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace souk::daemon {

/// What a fault point does in a test run: its name is appended to a file, and at the chosen one the process
/// ends itself the hard way. "a>b" chooses b after a was passed, so "a>a" is the second time. Wired only when
/// one of the two settings is given. Thread-safe.
class FaultSwitch {
public:
    FaultSwitch(std::string_view kill_at, std::string log_path);
    bool wanted() const { return !path_.empty() || !log_path_.empty(); }
    void reach(std::string_view name);

private:
    const std::string log_path_;
    const std::vector<std::string> path_;  // the last one is where the process ends
    std::mutex mutex_;                     // guards passed_
    std::size_t passed_ = 0;               // of path_
};

}  // namespace souk::daemon
