#pragma once

#include "app/events/record_event.hpp"
#include "app/ports/cluster.hpp"
#include "app/ports/database.hpp"
#include "app/ports/engines.hpp"
#include "app/ports/helm_driver.hpp"
#include "app/ports/signals.hpp"
#include "app/reconcile/settings.hpp"
#include "app/reconcile/turn.hpp"
#include "app/stores/limits.hpp"
#include "core/job/job.hpp"
#include "core/plan/plan.hpp"
#include "core/reconcile/next_step.hpp"

#include <stop_token>
#include <vector>

namespace souk::app {

/// Everything a turn works with. References live as long as the process.
struct ReconcileTools {
    Database& database;
    Cluster& cluster;
    HelmDriver& helm;
    EngineCatalogue& engines;
    EngineRenderer& renderer;
    EngineChecks& checks;
    Signals& signals;
    Observer& observer;
    const std::vector<Plan>& plans;
    const ClusterSettings& cluster_settings;
    const Limits& limits;
    const ReconcileSettings& settings;
};

/// The loop of ARCHITECTURE.md: observe, decide, one step, record, again, until something must be
/// waited for. `turn` may be cut off at any line and run again by another worker; it holds no state between
/// calls. Thread-safe.
class StoreReconciler {
public:
    explicit StoreReconciler(const ReconcileTools& tools) : tools_(tools) {}
    Outcome turn(const Job& job, std::stop_token stop) const;

private:
    ReconcileTools tools_;
};

}  // namespace souk::app
