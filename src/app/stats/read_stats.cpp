#include "app/stats/read_stats.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace souk::app {
namespace {

constexpr std::size_t kHistory = 500;
constexpr std::size_t kStepsOf = 100;  // creations of each engine
constexpr std::chrono::minutes kFreshSample{15};

double seconds(std::chrono::microseconds time) { return std::chrono::duration<double>(time).count(); }

double median(std::vector<double>& values) {
    if (values.empty()) {
        return 0;
    }
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

/// Of sorted values: the smallest that 95 of 100 do not exceed.
double p95(const std::vector<double>& sorted) {
    const auto rank = static_cast<std::size_t>(std::ceil(0.95 * static_cast<double>(sorted.size())));
    return sorted.empty() ? 0 : sorted[std::max<std::size_t>(rank, 1) - 1];
}

Result<std::vector<StepTime>> step_times(StatsTable& table, const std::vector<StoreId>& stores) {
    std::map<Step, std::vector<double>> by_step;
    for (const StoreId& store : stores) {
        const auto steps = table.creation_steps(store);
        if (!steps) {
            return forward(steps);
        }
        for (const StepRecord& step : *steps) {
            if (step.started && step.ended) {
                by_step[step.step].push_back(seconds(*step.ended - *step.started));
            }
        }
    }
    std::vector<StepTime> out;
    out.reserve(by_step.size());
    for (auto& [step, times] : by_step) {
        out.push_back({step, median(times)});
    }
    return out;
}

Result<> add_creations(StatsTable& table, std::vector<StatsTable::Creation> creations, Stats& stats) {
    struct Times {
        std::vector<double> took;
        std::vector<StoreId> newest;
    };
    std::map<std::string, Times> by_engine;
    for (const StatsTable::Creation& creation : creations) {
        Times& times = by_engine[creation.engine];
        times.took.push_back(seconds(creation.took));
        if (times.newest.size() < kStepsOf) {
            times.newest.push_back(creation.store);
        }
    }
    for (auto& [engine, times] : by_engine) {
        auto steps = step_times(table, times.newest);
        if (!steps) {
            return forward(steps);
        }
        const double middle = median(times.took);  // sorts
        stats.creations[engine] = {times.took.size(), middle, p95(times.took), std::move(*steps)};
    }
    if (creations.size() > kHistory) {
        creations.erase(creations.begin() + kHistory, creations.end());
    }
    stats.history = std::move(creations);
    return {};
}

PlanAmounts promised_by(const std::vector<StatsTable::StoreCount>& stores, const std::vector<Plan>& plans) {
    PlanAmounts sum;
    for (const Plan& plan : plans) {
        const PlanAmounts one = amounts_of(plan);
        for (const StatsTable::StoreCount& stored : stores) {
            if (stored.plan == plan.name) {
                sum.requests_cpu_millicores += stored.count * one.requests_cpu_millicores;
                sum.requests_memory_bytes += stored.count * one.requests_memory_bytes;
                sum.storage_bytes += stored.count * one.storage_bytes;
            }
        }
    }
    return sum;
}

}  // namespace

Result<std::shared_ptr<const Stats>> ReadStats::operator()(int days, const Caller& caller) {
    return recent_.get(caller.team + " " + std::to_string(days), [&] { return read(days, caller.team); });
}

Result<Stats> ReadStats::read(int days, const std::string& team) const {
    auto begun = database_.begin(Access::Read);
    if (!begun) {
        return forward(begun);
    }
    Transaction& tx = **begun;
    const Timestamp since = tx.now() - std::chrono::days(days);
    auto stores = tx.stats().count_living(team);
    auto creations = tx.stats().creations_since(team, since);
    auto failures = tx.stats().count_failures(team, since);
    const auto jobs = tx.jobs().count_by_kind_and_state();
    const auto oldest = tx.jobs().oldest_ready();
    auto used = tx.usage().newest_sum(team, tx.now() - kFreshSample);
    if (!stores) {
        return forward(stores);
    }
    if (!creations) {
        return forward(creations);
    }
    if (!failures) {
        return forward(failures);
    }
    if (!jobs) {
        return forward(jobs);
    }
    if (!oldest) {
        return forward(oldest);
    }
    if (!used) {
        return forward(used);
    }
    Stats stats;
    stats.promised = promised_by(*stores, plans_);
    stats.stores = std::move(*stores);
    stats.failures = std::move(*failures);
    stats.oldest_ready = *oldest;
    stats.used = *used;
    for (const JobTable::Count& count : *jobs) {
        stats.jobs[count.state] += count.count;
    }
    if (auto added = add_creations(tx.stats(), std::move(*creations), stats); !added) {
        return forward(added);
    }
    return stats;
}

}  // namespace souk::app
