#include "app/reconcile/admission.hpp"

#include "app/reconcile/store_reconciler.hpp"
#include "app/stores/place_in_line.hpp"

#include <string>
#include <utility>

namespace souk::app {
namespace {

Result<bool> wait_in_line(Turn& turn, Transaction& tx, int before) {
    const Condition waits{"Waiting", true, "ProvisioningLimit",
                          "waits for a free place, number " + std::to_string(before + 1) + " in line",
                          tx.now()};
    const bool is_new = !turn.store.waiting_since;
    turn.store.waiting_since = turn.store.waiting_since.value_or(tx.now());
    if (!set_condition(turn.store.conditions, waits) && !is_new) {
        return false;
    }
    const auto written = tx.stores()
                             .update(turn.store, &turn.job.lease)
                             .and_then([&] {
                                 EventDraft event = told(waits);
                                 event.operation = turn.operation_id();
                                 return record_event(tx, turn.store, std::move(event));
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
    const auto line = tx.stores().line_before(turn.store.id, turn.store.waiting_since.value_or(tx.now()));
    if (!line) {
        return forward(line);
    }
    if (const PlaceInLine place = find_place(*line, turn.store.team, turn.tools.limits); !place.is_free) {
        return wait_in_line(turn, tx, place.before);
    }
    const Phase from = turn.store.phase;
    if (auto moved = move_phase(turn.store, Phase::Provisioning); !moved) {
        return forward(moved);
    }
    turn.store.waiting_since.reset();
    turn.store.failure.reset();
    turn.store.checks_passed.reset();
    turn.store.steps = pending_steps(kCreateSteps);
    turn.store.admitted = tx.now();
    turn.store.deadline = tx.now() + turn.pack->engine.provisioning_deadline;
    set_condition(turn.store.conditions, {"Waiting", false, "Admitted", "", tx.now()});
    set_condition(turn.store.conditions,
                  {"Available", false, "Provisioning", "the store is being made", tx.now()});
    const auto written =
        tx.stores()
            .update(turn.store, &turn.job.lease)
            .and_then([&] {
                return record_event(
                    tx, turn.store,
                    {"store.phase", {}, {}, "Admitted", "the store is being made", turn.operation_id()});
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
