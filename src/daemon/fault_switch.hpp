#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace souk::daemon {

/// What a fault point does in a test run; wired only when one of these is given. Thread-safe.
struct FaultSettings {
    std::string kill_at;  // the process ends itself here, the hard way; "a>b": at b after a was passed
    std::string log;      // file that every passed name is appended to
    /// File of names where a process has died; at a name that is missing there this one adds it and dies.
    /// Processes that run beside each other may share it.
    std::string book;
};

class FaultSwitch {
public:
    explicit FaultSwitch(FaultSettings settings);
    bool wanted() const { return !path_.empty() || !settings_.log.empty() || !settings_.book.empty(); }
    /// With a book it lets the commits and calls of other threads get to their ".after" before it ends the
    /// process: nobody would ever die after one that is done only once otherwise.
    void reach(std::string_view name);

private:
    const FaultSettings settings_;
    const std::vector<std::string> path_;  // the last one is where the process ends
    std::mutex mutex_;                     // guards what follows
    std::condition_variable call_ended_;
    std::size_t passed_ = 0;  // of path_
    std::size_t calls_ = 0;   // between their ".before" and their ".after"
};

}  // namespace souk::daemon
