#include "app/health/check_health.hpp"

#include <utility>

namespace souk::app {
namespace {

constexpr std::chrono::seconds kQueueLate{60};  // a due job that waits longer: nobody works, or too few

HealthCheck check_of(const Result<std::chrono::microseconds>& answer) {
    if (!answer) {
        return {{}, answer.error().message};
    }
    return {*answer, {}};
}

}  // namespace

Result<> CheckHealth::look_at_queue(Health& health) const {
    auto tx = database_.begin(Access::Read);
    if (!tx) {
        return forward(tx);
    }
    const auto counts = (*tx)->jobs().count_by_kind_and_state();
    if (!counts) {
        return forward(counts);
    }
    for (const auto& count : *counts) {
        health.jobs[std::string(to_string(count.state))] += count.count;
    }
    const auto oldest = (*tx)->jobs().oldest_ready();
    if (!oldest) {
        return forward(oldest);
    }
    health.oldest_ready = *oldest;
    return {};
}

Health CheckHealth::operator()(std::stop_token stop) const {
    Health health;
    health.database = check_of(database_.ping());
    health.cluster = check_of(cluster_.ping(std::move(stop)));
    const auto begin = std::chrono::steady_clock::now();  // a duration, not a time: no port
    if (const auto looked = look_at_queue(health); !looked) {
        health.queue.problem = looked.error().message;
        return health;
    }
    health.queue.latency =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
    if (health.oldest_ready > kQueueLate) {
        health.queue.problem = "a due job waits for more than a minute";
    }
    return health;
}

}  // namespace souk::app
