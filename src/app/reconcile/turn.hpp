#pragma once

#include "app/events/record_event.hpp"
#include "app/ports/database.hpp"
#include "app/ports/engines.hpp"
#include "core/job/job.hpp"
#include "core/store/operation.hpp"
#include "core/store/store.hpp"

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace souk::app {

struct ReconcileTools;

/// What one turn carries from line to line: the row as it was read (its version guards every write), the
/// pack, the lease.
struct Turn {
    const ReconcileTools& tools;
    const Job& job;
    std::stop_token stop;
    Store store;
    std::shared_ptr<const EnginePack> pack;  // null only when a deletion outlived it
    const Plan* plan = nullptr;              // null when the plan was taken out of the configuration
    std::optional<Operation> operation;      // the running one
    std::optional<RenderedValues> values{};  // of the release, see release_values()

    const Lease& lease() const { return job.lease; }
    /// Of the running one, for events that belong to it; empty when there is none.
    std::string operation_id() const { return operation ? operation->id.str() : std::string(); }
};

/// Nothing is known of the cluster. A helm that somebody killed (want of memory, for one) or that hangs says
/// nothing about the API server.
bool cluster_is_away(const Error& error);

/// What the release should be made of; rendered once in a turn. Only with a pack.
Result<RenderedValues> release_values(Turn& turn);

/// The database's clock, in a transaction of its own.
Result<Timestamp> database_now(const Turn& turn);

/// How the running operation ends with a write.
enum class OperationEnd { No, Succeeded, Failed };

/// Writes the store, the running operation's copy of steps and state, and the events, in one transaction
/// under the lease. Conflict: somebody wrote in between or the lease is lost; nothing was written and the
/// turn must begin again.
Result<> save(Turn& turn, std::vector<EventDraft> events, OperationEnd end, std::string_view commit_name);

/// One event for each step that is not as it was, in their order: also for those that were done before
/// anybody had to wait for them, so that a listener sees every step end.
std::vector<EventDraft> step_events(const std::vector<StepRecord>& before, const std::vector<StepRecord>& now,
                                    std::string_view reason);

/// Moves the step list; writes only when that changes something.
Result<> report_step(Turn& turn, Step step, StepState state, std::string_view reason,
                     std::string_view message);

}  // namespace souk::app
