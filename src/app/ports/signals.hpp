#pragma once

#include "core/store/store.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace souk::app {

/// Hints inside the process, after a commit: the truth is in the database and is polled as a safety net.
/// Never blocks.
class Signals {
public:
    virtual ~Signals() = default;
    virtual void jobs_changed() = 0;     // a job may be due
    virtual void events_appended() = 0;  // the event hub should read
    /// A person wants something else for this store: the turn that runs for it should end soon (a helm is
    /// ended).
    virtual void stop_running(const StoreId& store) = 0;
};

/// What the use cases report to the outside (log and metrics). Never blocks, never fails.
class Observer {
public:
    virtual ~Observer() = default;
    virtual void store_step(const Store& store, std::string_view step, std::string_view state,
                            std::string_view message) = 0;
    virtual void store_phase(const Store& store, Phase from, Phase to) = 0;
    virtual void store_ready(const Store& store, std::chrono::milliseconds since_admission) = 0;
    virtual void store_deleted(const Store& store, std::chrono::milliseconds since_request) = 0;
    virtual void store_failed(const Store& store) = 0;
    virtual void turn_failed(const Store& store, const Error& error) = 0;
};

}  // namespace souk::app
