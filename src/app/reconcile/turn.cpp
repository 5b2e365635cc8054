#include "app/reconcile/turn.hpp"

#include "app/reconcile/store_reconciler.hpp"

#include <algorithm>
#include <utility>

namespace souk::app {

bool cluster_is_away(const Error& error) {
    return (error.code == ErrorCode::Unavailable && error.reason != "HelmKilled") ||
           (error.code == ErrorCode::Timeout && error.reason != "HelmTimeout");
}

Result<RenderedValues> release_values(Turn& turn) {
    if (!turn.values) {
        auto values = turn.tools.renderer.values(turn.store, *turn.pack, turn.tools.cluster_settings);
        if (!values) {
            return values;
        }
        turn.values = std::move(*values);
    }
    return *turn.values;
}

Result<Timestamp> database_now(const Turn& turn) {
    auto begun = turn.tools.database.begin(Access::Read);
    if (!begun) {
        return forward(begun);
    }
    return (*begun)->now();
}

Result<> save(Turn& turn, std::vector<EventDraft> events, OperationEnd end, std::string_view commit_name) {
    auto begun = turn.tools.database.begin(Access::Write);
    if (!begun) {
        return forward(begun);
    }
    Transaction& tx = **begun;
    if (auto updated = tx.stores().update(turn.store, &turn.job.lease); !updated) {
        return updated;
    }
    const std::string belongs_to = turn.operation_id();
    if (turn.operation) {
        Operation operation = *turn.operation;
        operation.steps = turn.store.steps;
        operation.updated = tx.now();
        if (end != OperationEnd::No) {
            operation.state =
                end == OperationEnd::Succeeded ? OperationState::Succeeded : OperationState::Failed;
            operation.error = end == OperationEnd::Failed ? turn.store.failure : std::nullopt;
            operation.ended = tx.now();
            events.push_back(
                {"operation.ended", {}, std::string(to_string(operation.state)), {}, {}, belongs_to});
        }
        if (auto updated = tx.operations().update(operation); !updated) {
            return updated;
        }
        if (end == OperationEnd::No) {
            turn.operation = std::move(operation);
        } else {
            turn.operation.reset();
        }
    }
    for (EventDraft& draft : events) {
        draft.operation = belongs_to;
        if (auto recorded = record_event(tx, turn.store, std::move(draft)); !recorded) {
            return recorded;
        }
    }
    if (auto committed = tx.commit(commit_name); !committed) {
        return committed;
    }
    turn.tools.signals.events_appended();
    return {};
}

std::vector<EventDraft> step_events(const std::vector<StepRecord>& before, const std::vector<StepRecord>& now,
                                    std::string_view reason) {
    std::vector<EventDraft> events;
    for (const StepRecord& record : now) {
        if (std::find(before.begin(), before.end(), record) != before.end()) {
            continue;
        }
        const bool waits_or_failed = record.state == StepState::Running || record.state == StepState::Failed;
        events.push_back({"store.step",
                          std::string(to_string(record.step)),
                          std::string(to_string(record.state)),
                          waits_or_failed ? std::string(reason) : std::string(),
                          record.message,
                          {}});
    }
    return events;
}

Result<> report_step(Turn& turn, Step step, StepState state, std::string_view reason,
                     std::string_view message) {
    const auto now = database_now(turn);
    if (!now) {
        return forward(now);
    }
    const std::vector<StepRecord> before = turn.store.steps;
    if (!move_steps(turn.store.steps, step, state, message, *now)) {
        return {};
    }
    turn.tools.observer.store_step(turn.store, to_string(step), to_string(state), message);
    return save(turn, step_events(before, turn.store.steps, reason), OperationEnd::No, "step");
}

}  // namespace souk::app
