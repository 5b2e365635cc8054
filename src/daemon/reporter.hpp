#pragma once

#include "app/ports/database.hpp"
#include "app/ports/signals.hpp"
#include "runtime/logging/log.hpp"
#include "runtime/metrics/metrics.hpp"

#include <chrono>
#include <string>

namespace souk::daemon {

/// What the use cases report, as log lines and metrics. Thread-safe.
class Reporter final : public app::Observer {
public:
    Reporter(runtime::Logger log, runtime::Metrics& metrics) : log_(std::move(log)), metrics_(metrics) {}

    void store_step(const Store& store, std::string_view step, std::string_view state,
                    std::string_view message) override;
    void store_phase(const Store& store, Phase from, Phase to) override;
    void store_ready(const Store& store, std::chrono::milliseconds since_admission) override;
    void store_deleted(const Store& store, std::chrono::milliseconds since_request) override;
    void store_failed(const Store& store) override;
    void turn_failed(const Store& store, const Error& error) override;

    /// From a change that the watches told to the turn that looks at the store.
    void reconcile_lag(std::chrono::duration<double> lag);
    /// `seen_by`: "holder", whose turn goes on in vain, or "reaper", who found them expired.
    void leases_lost(const std::string& seen_by, int count);

private:
    runtime::Logger log_;
    runtime::Metrics& metrics_;
};

/// Sets the gauges that are asked for rather than kept: stores and jobs by state, age of the queue.
void report_counts(app::Database& database, runtime::Metrics& metrics, const runtime::Logger& log);

/// The same for the database's connections; never waits for one.
void report_connections(const app::Database& database, runtime::Metrics& metrics);

}  // namespace souk::daemon
