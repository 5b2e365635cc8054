#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>

namespace souk::runtime {
class WorkerPool;
}

namespace souk::http {

/// Threads for answers that block as long as they last. At most `most` at a time, so that nobody can use up
/// the process; the threads are started with the first one. Thread-safe. The destructor stops all work and
/// waits for it.
class LogFollowers {
public:
    using Work = std::function<void(std::stop_token)>;
    /// A reserved place; given back when it goes away.
    using Place = std::shared_ptr<void>;

    explicit LogFollowers(std::size_t most);
    ~LogFollowers();
    LogFollowers(const LogFollowers&) = delete;
    LogFollowers& operator=(const LogFollowers&) = delete;

    /// Null: all places are taken.
    Place reserve();
    /// Runs `work` on a thread; `stop` ends it early, as the end of this object does. The place is held until
    /// it has ended.
    void run(Place place, std::stop_source stop, Work work);

private:
    struct Task {
        Place place;
        std::stop_source stop;
        Work work;
    };
    struct State;
    static bool turn(State& state, const std::stop_token& pool_stop);

    const std::size_t most_;
    std::shared_ptr<State> state_;  // places may outlive this object
    std::mutex start_;              // guards pool_
    std::unique_ptr<runtime::WorkerPool> pool_;
};

}  // namespace souk::http
