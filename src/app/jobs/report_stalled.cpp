#include "app/jobs/report_stalled.hpp"

#include "app/events/record_event.hpp"

namespace souk::app {

Result<> report_stalled(Database& database, Signals& signals, const Job& job, const Error& error) {
    auto begun = database.begin(Access::Write);
    if (!begun) {
        return forward(begun);
    }
    Transaction& tx = **begun;
    auto store = tx.stores().load(job.store_id);
    if (!store) {
        return forward(store);
    }
    set_condition(store->conditions, {"Stalled", true, "AttemptsUsedUp", error.message, tx.now()});
    const auto written = tx.stores()
                             .update(*store, nullptr)
                             .and_then([&] { return record_event(tx, *store, {"store.condition", {}, "true", "AttemptsUsedUp", error.message, {}}); })
                             .and_then([&] { return tx.commit("stalled"); });
    if (written) {
        signals.events_appended();
    }
    return written;
}

}  // namespace souk::app
