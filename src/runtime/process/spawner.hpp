#pragma once

#include "core/common/result.hpp"
#include "runtime/process/posix_process_runner.hpp"
#include "runtime/process/process.hpp"
#include "runtime/process/unique_fd.hpp"

#include <sys/types.h>

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace souk::runtime {

/// A started program; whoever holds it must reap `pid`.
struct Child {
    pid_t pid = -1;  // also the id of its process group
    UniqueFd pidfd;  // readable when it is gone
    UniqueFd out;
    UniqueFd err;
    UniqueFd report;  // an errno value if it could not become the program, then end of file
};

/// Starts programs on one thread that lives as long as this object: the parent-death signal goes off when the
/// *thread* that started a child ends, so a worker thread that comes and goes must not start any.
class PosixProcessRunner::Spawner {
public:
    explicit Spawner(const PosixProcessRunnerOptions& options);
    Spawner(const Spawner&) = delete;
    Spawner& operator=(const Spawner&) = delete;

    /// Blocks until the launcher runs. Any thread.
    Result<Child> spawn(const Command& command);

private:
    using Task = std::packaged_task<Result<Child>()>;

    void loop(const std::stop_token& stop);
    Result<Child> spawn_here(const Command& command) const;
    std::vector<std::string> environment_of(const Command& command) const;

    const PosixProcessRunnerOptions& options_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<Task> tasks_;
    std::jthread thread_;  // last member
};

}  // namespace souk::runtime
