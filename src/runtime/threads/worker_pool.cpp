#include "runtime/threads/worker_pool.hpp"

#include <pthread.h>

#include <exception>
#include <utility>

namespace souk::runtime {

WorkerPool::WorkerPool(WorkerPoolOptions options, Turn turn)
    : options_(std::move(options)), turn_(std::move(turn)) {
    threads_.reserve(options_.threads);
    for (std::size_t i = 0; i < options_.threads; ++i) {
        threads_.emplace_back([this](const std::stop_token& stop) { loop(stop); });
    }
}

WorkerPool::~WorkerPool() { stop(); }

void WorkerPool::request_stop() {
    for (auto& thread : threads_) {
        thread.request_stop();
    }
}

void WorkerPool::stop() {
    request_stop();
    threads_.clear();
}

bool WorkerPool::run_turn(const std::stop_token& stop) {
    try {
        return turn_(stop);
    } catch (const std::exception& escaped) {
        if (options_.on_escape) {
            options_.on_escape(escaped.what());
        }
    } catch (...) {
        if (options_.on_escape) {
            options_.on_escape("something that is not a std::exception");
        }
    }
    return false;  // a pause, so that a bug does not become a hot loop
}

void WorkerPool::loop(const std::stop_token& stop) {
    pthread_setname_np(pthread_self(), options_.name.substr(0, 15).c_str());
    while (!stop.stop_requested()) {
        // Read before the turn: work that arrives while it runs must not wait for the idle time.
        std::uint64_t seen = notifier_.count();
        if (!run_turn(stop)) {
            notifier_.wait(seen, options_.idle, stop);
        }
    }
}

}  // namespace souk::runtime
