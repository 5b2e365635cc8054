#include "app/reconcile/failing.hpp"

#include "app/reconcile/keep_logs.hpp"
#include "app/reconcile/steps/steps.hpp"
#include "app/reconcile/store_reconciler.hpp"

#include <algorithm>
#include <utility>

namespace souk::app {

Result<> begin_failing(Turn& turn, Step step, std::string reason, std::string message) {
    if (auto kept = keep_logs(turn); !kept) {
        return kept;
    }
    const auto now = database_now(turn);
    if (!now) {
        return forward(now);
    }
    const std::vector<StepRecord> before = turn.store.steps;
    move_steps(turn.store.steps, step, StepState::Failed, message, *now);
    turn.tools.observer.store_step(turn.store, to_string(step), "failed", message);
    auto events = step_events(before, turn.store.steps, reason);
    turn.store.failure = Failure{std::move(reason), std::move(message)};
    return save(turn, std::move(events), OperationEnd::No, "begin_failing");
}

Result<> remove_remains(Turn& turn, const Observed& have) {
    if (have.ns != NamespaceState::Ours) {
        return {};
    }
    const StoreRef ref = StoreRef::of(turn.store);
    if (have.route_exists) {
        if (auto removed = turn.tools.cluster.remove_route(ref, turn.stop); !removed) {
            return removed;
        }
    }
    if (have.release.state != ReleaseState::Absent) {
        if (auto removed = uninstall_release(turn, false); !removed) {
            return removed;
        }
    }
    return turn.tools.cluster.remove_volume_claims(ref, turn.stop);
}

Result<bool> remains_are_gone(Turn& turn, const Observed& have) {
    if (have.ns != NamespaceState::Ours) {
        return true;
    }
    const auto present = turn.tools.cluster.inventory(StoreRef::of(turn.store), turn.stop);
    if (!present) {
        return forward(present);
    }
    return std::none_of(present->begin(), present->end(), [](const ReceiptLine& line) {
        return line.kind == "PersistentVolumeClaim" || line.kind == "Pod";
    });
}

Result<> finish_failing(Turn& turn, const Observed& have) {
    if (!turn.tools.settings.keep_failed) {
        if (auto removed = remove_remains(turn, have); !removed) {
            return removed;
        }
    }
    const Phase from = turn.store.phase;
    if (auto moved = move_phase(turn.store, Phase::Failed); !moved) {
        return moved;
    }
    const auto now = database_now(turn);
    if (!now) {
        return forward(now);
    }
    const Failure failure = *turn.store.failure;
    turn.store.cancel_wanted = false;
    turn.store.deadline.reset();
    turn.store.waiting_since.reset();
    set_condition(turn.store.conditions, {"Available", false, failure.reason, failure.message, *now});
    set_condition(turn.store.conditions, {"Waiting", false, failure.reason, "", *now});
    if (auto saved = save(turn, {{"store.phase", {}, {}, failure.reason, failure.message, {}}},
                          OperationEnd::Failed, "failed");
        !saved) {
        return saved;
    }
    turn.tools.observer.store_phase(turn.store, from, turn.store.phase);
    turn.tools.observer.store_failed(turn.store);
    return {};
}

}  // namespace souk::app
