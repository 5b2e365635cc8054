#include "app/reconcile/deletion.hpp"

#include "app/reconcile/receipt.hpp"
#include "app/reconcile/store_reconciler.hpp"

#include <utility>

namespace souk::app {

Result<> finish_deletion(Turn& turn) {
    auto begun = turn.tools.database.begin(Access::Write);
    if (!begun) {
        return forward(begun);
    }
    Transaction& tx = **begun;
    const Phase from = turn.store.phase;
    const std::string belongs_to = turn.operation_id();
    if (auto moved = move_phase(turn.store, Phase::Deleted); !moved) {
        return moved;
    }
    const std::vector<StepRecord> steps = turn.store.steps;
    move_steps(turn.store.steps, Step::Scan, StepState::Done, {}, tx.now());
    turn.store.deleted = tx.now();
    set_condition(turn.store.conditions, {"NeedsAttention", false, "Deleted", "", tx.now()});
    const auto written =
        complete_receipt(tx, turn.store.id)
            .and_then([&] { return tx.stores().update(turn.store, &turn.job.lease); })
            .and_then([&]() -> Result<> {
                for (EventDraft& draft : step_events(steps, turn.store.steps, {})) {
                    draft.operation = belongs_to;
                    if (auto recorded = record_event(tx, turn.store, std::move(draft)); !recorded) {
                        return recorded;
                    }
                }
                return {};
            })
            .and_then([&]() -> Result<> {
                if (!turn.operation) {
                    return {};
                }
                turn.operation->state = OperationState::Succeeded;
                turn.operation->steps = turn.store.steps;
                turn.operation->updated = tx.now();
                turn.operation->ended = tx.now();
                return tx.operations().update(*turn.operation).and_then([&] {
                    return record_event(tx, turn.store,
                                        {"operation.ended", {}, "succeeded", {}, {}, belongs_to});
                });
            })
            .and_then([&] {
                return record_event(
                    tx, turn.store,
                    {"store.phase", {}, {}, "Deleted", "nothing of the store is left", belongs_to});
            })
            .and_then([&] {
                return record_event(
                    tx, turn.store,
                    {"store.deleted", {}, {}, {}, "nothing of the store is left", belongs_to});
            })
            .and_then([&] { return tx.commit("deleted"); });
    if (!written) {
        return written;
    }
    turn.tools.signals.events_appended();
    turn.tools.observer.store_phase(turn.store, from, Phase::Deleted);
    if (turn.operation) {
        turn.tools.observer.store_deleted(turn.store, std::chrono::duration_cast<std::chrono::milliseconds>(
                                                          *turn.store.deleted - turn.operation->created));
    }
    return {};
}

Result<> report_held(Turn& turn, const std::string& message) {
    const auto now = database_now(turn);
    if (!now) {
        return forward(now);
    }
    if (!turn.operation || *now - turn.operation->created < turn.tools.settings.deletion_deadline) {
        return {};
    }
    const Condition held{"NeedsAttention", true, "DeletionHeld", message, *now};
    if (!set_condition(turn.store.conditions, held)) {
        return {};
    }
    return save(turn, {told(held)}, OperationEnd::No, "deletion_held");
}

}  // namespace souk::app
