#include "runtime/http/server_workers.hpp"

#include <utility>

namespace souk::runtime {

void ServerWorkers::start() {
    for (std::size_t i = 0; i < thread_count_; ++i) {
        threads_.emplace_back([this] { loop(); });
    }
}

bool ServerWorkers::try_submit(std::function<void()> task) {
    {
        const std::scoped_lock lock(mutex_);
        if (refusing_ || queue_.size() + running_ >= thread_count_ + queue_limit_) {
            return false;
        }
        queue_.push_back(std::move(task));
    }
    changed_.notify_one();
    return true;
}

void ServerWorkers::refuse() {
    std::deque<std::function<void()>> dropped;  // destroyed outside the lock: a task owns its connection
    {
        const std::scoped_lock lock(mutex_);
        refusing_ = true;
        dropped.swap(queue_);
    }
    changed_.notify_all();
}

void ServerWorkers::join() {
    {
        const std::scoped_lock lock(mutex_);
        refusing_ = true;
    }
    changed_.notify_all();
    threads_.clear();
}

void ServerWorkers::loop() {
    while (true) {
        std::function<void()> task;
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [this] { return refusing_ || !queue_.empty(); });
            if (queue_.empty()) {
                return;
            }
            task = std::move(queue_.front());
            queue_.pop_front();
            ++running_;
        }
        task();
        task =
            nullptr;  // before the thread counts as free: the task may own the last pointer to its connection
        const std::scoped_lock lock(mutex_);
        --running_;
    }
}

}  // namespace souk::runtime
