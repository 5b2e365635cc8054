#pragma once

#include "app/access/caller.hpp"
#include "app/ports/database.hpp"
#include "app/stores/recent.hpp"
#include "core/plan/plan.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace souk::app {

struct StepTime {
    Step step{};
    double median_seconds = 0;
};

/// Of one engine.
struct CreationTimes {
    std::size_t count = 0;
    double median_seconds = 0;
    double p95_seconds = 0;
    std::vector<StepTime> steps;  // in their order
};

struct Stats {
    std::vector<StatsTable::StoreCount> stores;
    std::map<std::string, CreationTimes> creations;  // by engine
    std::vector<StatsTable::Creation> history;       // newest first
    std::vector<StatsTable::FailureCount> failures;
    std::map<JobState, std::int64_t> jobs;
    std::chrono::milliseconds oldest_ready{0};
    PlanAmounts promised;
    std::optional<UsageSample> used;  // nothing: no sample of the last quarter of an hour
};

/// What the team's stores together are and did in the last days; at most a second old. Thread-safe.
class ReadStats {
public:
    ReadStats(Database& database, const std::vector<Plan>& plans,
              const RecentClock& now = std::chrono::steady_clock::now)
        : database_(database), plans_(plans), recent_(now) {}
    Result<std::shared_ptr<const Stats>> operator()(int days, const Caller& caller);

private:
    Result<Stats> read(int days, const std::string& team) const;

    Database& database_;
    const std::vector<Plan>& plans_;
    Recent<Stats> recent_;
};

}  // namespace souk::app
