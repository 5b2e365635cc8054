#include "app/reconcile/admission.hpp"

#include "app/reconcile/store_reconciler.hpp"

#include <string>

namespace souk::app {
namespace {

Result<bool> has_room(Transaction& tx, const Store& store, const Limits& limits) {
    const auto team = tx.stores().count(store.team);
    if (!team) {
        return forward(team);
    }
    const auto all = tx.stores().count_all();
    if (!all) {
        return forward(all);
    }
    return team->provisioning < limits.provisioning_per_team && all->provisioning < limits.provisioning;
}

Result<bool> wait_in_line(Turn& turn, Transaction& tx) {
    const auto position = tx.stores().queue_position(turn.store);
    if (!position) {
        return forward(position);
    }
    const std::string message =
        "waits for a free place, number " + std::to_string(*position + 1) + " in line";
    if (!set_condition(turn.store.conditions, {"Waiting", true, "ProvisioningLimit", message, tx.now()})) {
        return false;
    }
    const auto written =
        tx.stores()
            .update(turn.store, &turn.job.lease)
            .and_then([&] {
                return record_event(tx, turn.store,
                                    {"store.condition", {}, "true", "ProvisioningLimit", message, {}});
            })
            .and_then([&] { return tx.commit("wait_in_line"); });
    if (!written) {
        return forward(written);
    }
    turn.tools.signals.events_appended();
    return false;
}

}  // namespace

Result<bool> admit(Turn& turn) {
    auto begun = turn.tools.database.begin(Access::Write);
    if (!begun) {
        return forward(begun);
    }
    Transaction& tx = **begun;
    const auto room = has_room(tx, turn.store, turn.tools.limits);
    if (!room) {
        return forward(room);
    }
    if (!*room) {
        return wait_in_line(turn, tx);
    }
    const Phase from = turn.store.phase;
    if (auto moved = move_phase(turn.store, Phase::Provisioning); !moved) {
        return forward(moved);
    }
    turn.store.failure.reset();
    turn.store.checks_passed.reset();
    turn.store.steps = pending_steps(false);
    turn.store.admitted = tx.now();
    turn.store.deadline = tx.now() + turn.pack->engine.provisioning_deadline;
    set_condition(turn.store.conditions, {"Waiting", false, "Admitted", "", tx.now()});
    set_condition(turn.store.conditions,
                  {"Available", false, "Provisioning", "the store is being made", tx.now()});
    const auto written =
        tx.stores()
            .update(turn.store, &turn.job.lease)
            .and_then([&] {
                return record_event(tx, turn.store,
                                    {"store.phase", {}, {}, "Admitted", "the store is being made", {}});
            })
            .and_then([&] { return tx.commit("admit"); });
    if (!written) {
        return forward(written);
    }
    turn.tools.signals.events_appended();
    turn.tools.observer.store_phase(turn.store, from, turn.store.phase);
    return true;
}

}  // namespace souk::app
