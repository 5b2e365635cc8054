#pragma once

#include "runtime/threads/notifier.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace souk::runtime {

struct WorkerPoolOptions {
    std::string name = "worker";  // shown as the thread's name, 15 bytes at most
    std::size_t threads = 1;
    /// The poll that saves us when a wake-up is lost; also the pause after a turn that threw.
    std::chrono::milliseconds idle = std::chrono::seconds(5);
    /// Called on the worker with the text of an exception that escaped a turn (a bug). Must not throw.
    std::function<void(std::string_view)> on_escape = {};
};

/// N threads that run `turn` again and again; it knows nothing of what a turn does.
class WorkerPool {
public:
    /// True: there may be more, call again at once. False: nothing to do, sleep until `wake` or the idle
    /// time.
    using Turn = std::function<bool(std::stop_token)>;

    WorkerPool(WorkerPoolOptions options, Turn turn);
    ~WorkerPool();  // stop()
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// Ends the sleep of all idle threads. Any thread.
    void wake() { notifier_.notify(); }
    /// Asks every turn to stop; returns at once. Repeating is harmless.
    void request_stop();
    /// request_stop() and join. Not from a turn.
    void stop();

private:
    void loop(const std::stop_token& stop);
    bool run_turn(const std::stop_token& stop);

    const WorkerPoolOptions options_;
    const Turn turn_;
    Notifier notifier_;
    std::vector<std::jthread> threads_;  // last member: joined before the rest goes away
};

}  // namespace souk::runtime
