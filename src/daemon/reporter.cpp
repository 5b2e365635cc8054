#include "daemon/reporter.hpp"

#include <map>
#include <utility>

namespace souk::daemon {
namespace {

const std::vector<double>& long_buckets() {
    static const std::vector<double> buckets = {1,  2.5, 5,   10,  15,  20,  30, 45,
                                                60, 90,  120, 180, 300, 600, 900};
    return buckets;
}

double seconds(std::chrono::milliseconds duration) { return static_cast<double>(duration.count()) / 1000.0; }

}  // namespace

void Reporter::store_step(const Store& store, std::string_view step, std::string_view state,
                          std::string_view message) {
    log_.info("store step",
              {{"store_id", store.id.str()}, {"step", step}, {"state", state}, {"detail", message}});
}

void Reporter::store_phase(const Store& store, Phase from, Phase to) {
    log_.info("store phase",
              {{"store_id", store.id.str()}, {"from", to_string(from)}, {"to", to_string(to)}});
}

void Reporter::store_ready(const Store& store, std::chrono::milliseconds since_admission) {
    metrics_
        .histogram("souk_store_provisioning_duration_seconds", "From admission to Ready.",
                   {{"engine", store.engine}}, long_buckets())
        .observe(seconds(since_admission));
    log_.info("store ready", {{"store_id", store.id.str()}, {"duration_ms", since_admission.count()}});
}

void Reporter::store_deleted(const Store& store, std::chrono::milliseconds since_request) {
    metrics_
        .histogram("souk_store_deletion_duration_seconds", "From the request to Deleted.",
                   {{"engine", store.engine}}, long_buckets())
        .observe(seconds(since_request));
    log_.info("store deleted", {{"store_id", store.id.str()}, {"duration_ms", since_request.count()}});
}

void Reporter::store_failed(const Store& store) {
    const std::string reason = store.failure ? store.failure->reason : "Unknown";
    metrics_
        .counter("souk_store_failures_total", "Creations that failed.",
                 {{"engine", store.engine}, {"reason", reason}})
        .increment();
    log_.warning("store failed", {{"store_id", store.id.str()},
                                  {"reason", reason},
                                  {"detail", store.failure ? store.failure->message : ""}});
}

void Reporter::turn_failed(const Store& store, const Error& error) {
    metrics_
        .counter("souk_reconcile_errors_total", "Turns that ended with an error.",
                 {{"code", std::string(to_string(error.code))}})
        .increment();
    log_.warning("reconcile turn failed", {{"store_id", store.id.str()},
                                           {"code", to_string(error.code)},
                                           {"reason", error.reason},
                                           {"detail", error.message}});
}

void Reporter::reconcile_lag(std::chrono::duration<double> lag) {
    metrics_
        .histogram("souk_reconcile_lag_seconds",
                   "From a change in the cluster that the watches told to the turn that looks at the store.")
        .observe(lag.count());
}

void Reporter::leases_lost(const std::string& seen_by, int count) {
    metrics_
        .counter("souk_job_leases_lost_total", "Leases that ended before their turn did, by who noticed it.",
                 {{"seen_by", seen_by}})
        .increment(count);
    if (count > 0) {
        log_.warning("leases were lost", {{"seen_by", seen_by}, {"count", count}});
    }
}

void report_counts(app::Database& database, runtime::Metrics& metrics, const runtime::Logger& log) {
    auto tx = database.begin(app::Access::Read);
    const auto stores = tx ? (*tx)->stores().count_by_engine_and_phase() : forward(tx);
    const auto jobs = tx ? (*tx)->jobs().count_by_kind_and_state() : forward(tx);
    const auto oldest = tx ? (*tx)->jobs().oldest_ready() : forward(tx);
    if (!stores || !jobs || !oldest) {
        log.warning("metrics are not up to date: the database does not answer");
        return;
    }
    std::map<std::string, std::map<Phase, std::int64_t>> by_engine;
    for (const auto& row : *stores) {
        by_engine[row.engine][row.phase] = row.count;
    }
    for (const auto& [engine, phases] : by_engine) {
        for (const Phase phase : kAllPhases) {
            const auto found = phases.find(phase);
            metrics
                .gauge("souk_stores", "Stores by engine and phase.",
                       {{"engine", engine}, {"phase", std::string(to_string(phase))}})
                .set(found == phases.end() ? 0.0 : static_cast<double>(found->second));
        }
    }
    std::map<JobState, std::int64_t> reconcile;
    for (const auto& row : *jobs) {
        reconcile[row.state] += row.count;
    }
    for (const JobState state :
         {JobState::Ready, JobState::Running, JobState::Snoozed, JobState::Stalled, JobState::Done}) {
        metrics
            .gauge("souk_jobs", "Jobs by kind and state.",
                   {{"kind", std::string(kStoreReconcile)}, {"state", std::string(to_string(state))}})
            .set(static_cast<double>(reconcile[state]));
    }
    metrics.gauge("souk_queue_oldest_ready_seconds", "Age of the oldest job that is due.")
        .set(seconds(*oldest));
}

void report_connections(const app::Database& database, runtime::Metrics& metrics) {
    for (const auto access : {app::Access::Write, app::Access::Read}) {
        const app::ConnectionCounts counts = database.connections(access);
        const std::string pool = access == app::Access::Write ? "write" : "read";
        const auto set = [&](const std::string& state, int value) {
            metrics
                .gauge("souk_database_connections", "Database connections by pool and state.",
                       {{"pool", pool}, {"state", state}})
                .set(static_cast<double>(value));
        };
        set("in_use", counts.in_use);
        set("idle", counts.open - counts.in_use);
        metrics
            .gauge("souk_database_connections_max", "Connections that may be open at the same time.",
                   {{"pool", pool}})
            .set(static_cast<double>(counts.capacity));
        metrics
            .gauge("souk_database_connection_waiters", "Threads that wait for a connection now.",
                   {{"pool", pool}})
            .set(static_cast<double>(counts.waiting));
    }
}

}  // namespace souk::daemon
