#pragma once

#include "app/access/caller.hpp"
#include "app/ports/cluster.hpp"
#include "app/ports/database.hpp"
#include "app/stores/recent.hpp"
#include "core/plan/plan.hpp"
#include "core/store/usage.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string_view>
#include <vector>

namespace souk::app {

struct UsageReport {
    std::shared_ptr<const std::optional<StoreUsage>> now;  // what it holds is nothing: cannot be measured
    PlanAmounts quota;
    std::vector<UsageSample> samples;  // oldest first
};

/// What a store uses, now (at most a second old) and as far back as `range`. Without a metrics API, a
/// namespace or an answer of the cluster there is no "now", and what the database knows is answered all the
/// same. Errors: NotFound (the store), Gone "StoreDeleted". Thread-safe.
class ReadUsage {
public:
    ReadUsage(Database& database, Cluster& cluster, const std::vector<Plan>& plans,
              const RecentClock& now = std::chrono::steady_clock::now)
        : database_(database), cluster_(cluster), plans_(plans), recent_(now) {}
    Result<UsageReport> operator()(std::string_view store, std::chrono::hours range, const Caller& caller,
                                   std::stop_token stop);

private:
    Database& database_;
    Cluster& cluster_;
    const std::vector<Plan>& plans_;
    Recent<std::optional<StoreUsage>> recent_;
};

}  // namespace souk::app
