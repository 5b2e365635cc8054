#include "app/jobs/report_stalled.hpp"

#include "app/events/record_event.hpp"

namespace souk::app {

Result<> report_stalled(Transaction& tx, const Job& job, const Error& error) {
    auto store = tx.stores().load(job.store_id);
    if (!store) {
        return forward(store);
    }
    set_condition(store->conditions, {"Stalled", true, "AttemptsUsedUp", error.message, tx.now()});
    return tx.stores().update(*store, nullptr).and_then([&] {
        return record_event(tx, *store, {"store.condition", {}, "true", "AttemptsUsedUp", error.message, {}});
    });
}

}  // namespace souk::app
