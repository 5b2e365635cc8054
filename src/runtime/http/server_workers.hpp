#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace souk::runtime {

/// The threads that run HTTP handlers, behind a bounded queue. Thread-safe. Tasks must not throw.
class ServerWorkers {
public:
    ServerWorkers(std::size_t threads, std::size_t queue) : thread_count_(threads), queue_limit_(queue) {}

    void start();
    /// False: every thread is busy and the queue is full, or the workers are stopping.
    bool try_submit(std::function<void()> task);
    /// Forgets what has not begun and refuses new tasks.
    void refuse();
    /// Runs what is queued, then joins. Not from a task.
    void join();

private:
    void loop();

    const std::size_t thread_count_;
    const std::size_t queue_limit_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> queue_;
    std::size_t running_ = 0;
    bool refusing_ = false;
    std::vector<std::jthread> threads_;  // last: joined before the rest goes away
};

}  // namespace souk::runtime
