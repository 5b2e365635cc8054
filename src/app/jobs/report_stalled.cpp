#include "app/jobs/report_stalled.hpp"

#include "app/events/record_event.hpp"

namespace souk::app {

Result<> report_stalled(Transaction& tx, const Job& job, const Error& error) {
    auto store = tx.stores().load(job.store_id);
    if (!store) {
        return forward(store);
    }
    const Condition stalled{"Stalled", true, "AttemptsUsedUp", error.message, tx.now()};
    set_condition(store->conditions, stalled);
    return tx.stores().update(*store, nullptr).and_then([&] {
        return record_event(tx, *store, told(stalled));
    });
}

}  // namespace souk::app
