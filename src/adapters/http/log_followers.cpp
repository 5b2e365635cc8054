#include "adapters/http/log_followers.hpp"

#include "runtime/threads/worker_pool.hpp"

#include <utility>

namespace souk::http {

struct LogFollowers::State {
    std::mutex mutex;
    std::size_t taken = 0;
    std::deque<Task> waiting;
};

LogFollowers::LogFollowers(std::size_t most) : most_(most), state_(std::make_shared<State>()) {}

LogFollowers::~LogFollowers() {
    pool_.reset();
    std::deque<Task> left;
    {
        const std::scoped_lock lock(state_->mutex);
        left.swap(state_->waiting);
    }
}

LogFollowers::Place LogFollowers::reserve() {
    const std::scoped_lock lock(state_->mutex);
    if (state_->taken >= most_) {
        return nullptr;
    }
    ++state_->taken;
    return {state_.get(), [state = state_](void*) {
                const std::scoped_lock giving(state->mutex);
                --state->taken;
            }};
}

void LogFollowers::run(Place place, std::stop_source stop, Work work) {
    {
        const std::scoped_lock lock(state_->mutex);
        state_->waiting.push_back({std::move(place), std::move(stop), std::move(work)});
    }
    const std::scoped_lock lock(start_);
    if (pool_ == nullptr) {
        runtime::WorkerPoolOptions options;
        options.name = "log-follower";
        options.threads = most_;
        pool_ = std::make_unique<runtime::WorkerPool>(
            options, [state = state_](const std::stop_token& pool_stop) { return turn(*state, pool_stop); });
    }
    pool_->wake();
}

bool LogFollowers::turn(State& state, const std::stop_token& pool_stop) {
    std::optional<Task> task;
    {
        const std::scoped_lock lock(state.mutex);
        if (state.waiting.empty()) {
            return false;
        }
        task = std::move(state.waiting.front());
        state.waiting.pop_front();
    }
    const std::stop_callback link(pool_stop, [&task] { task->stop.request_stop(); });
    task->work(task->stop.get_token());
    return true;
}

}  // namespace souk::http
