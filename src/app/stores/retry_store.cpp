#include "app/stores/retry_store.hpp"

#include "app/events/record_event.hpp"
#include "app/stores/find_store.hpp"

#include <utility>

namespace souk::app {

Result<Accepted> RetryStore::operator()(std::string_view id, const Caller& caller, const IdempotencyKey& key,
                                        const RenderAccepted& render) const {
    auto begun = database_.begin(Access::Write);
    if (!begun) {
        return forward(begun);
    }
    Transaction& tx = **begun;
    auto known = find_answer(tx, key);
    if (!known) {
        return forward(known);
    }
    if (known->has_value()) {
        return Accepted{std::move(**known), true};
    }
    auto store = find_living_store(tx, caller, id);
    if (!store) {
        return forward(store);
    }
    const auto running = tx.operations().find_running(store->id);
    if (!running) {
        return forward(running);
    }
    const Condition* stalled = find_condition(store->conditions, "Stalled");
    const bool is_stalled = stalled != nullptr && stalled->status;
    const Timestamp since = is_stalled ? stalled->changed : tx.now();
    if (running->has_value() && !is_stalled) {
        return fail(ErrorCode::Conflict, "operation " + (*running)->id.str() + " is running",
                    "OperationRunning");
    }
    if (store->phase != Phase::Failed && !is_stalled) {
        return fail(ErrorCode::Conflict,
                    "the store is " + std::string(to_string(store->phase)) + "; only a failed one is retried",
                    "NothingToRetry");
    }
    Operation operation{.id = ids_.make<OperationId>(),
                        .kind = OperationKind::Retry,
                        .store_id = store->id,
                        .team = store->team,
                        .error = {},
                        .requested_by = caller.user,
                        .created = tx.now(),
                        .updated = tx.now(),
                        .ended = {},
                        .store_name = store->name.str()};
    if (running->has_value()) {
        operation = **running;  // stalled in the middle: the same operation goes on
    }
    set_condition(store->conditions, {"Stalled", false, "Retried", "", tx.now()});
    store->cancel_wanted = false;
    if (store->phase == Phase::Provisioning) {  // a creation that stalled gets its whole time again
        store->admitted = tx.now();
        store->deadline.reset();
    }
    if (store->phase == Phase::Updating &&
        store->deadline) {  // of an update the time goes on where it stopped
        *store->deadline += tx.now() - since;
    }
    ++store->generation;
    operation.steps = store->steps;
    StoredAnswer answer;
    const auto written =
        tx.stores()
            .update(*store, nullptr)
            .map([&] { answer = render(*store, operation); })  // with the version it has now
            .and_then([&] { return running->has_value() ? Result<>{} : tx.operations().insert(operation); })
            .and_then([&] {
                return tx.audit().append(
                    {caller.user, "store.retry", store->id.str(), {}, caller.request_id, tx.now()});
            })
            .and_then([&] { return keep_answer(tx, key, answer); })
            .and_then([&] {
                return record_event(
                    tx, *store, {"operation.started", {}, {}, {}, "retry was asked for", operation.id.str()});
            })
            .and_then([&] { return tx.jobs().wake(store->id, true); })
            .and_then([&](bool) { return tx.commit("retry_store"); });
    if (!written) {
        return forward(written);
    }
    signals_.jobs_changed();
    signals_.events_appended();
    return Accepted{std::move(answer), false};
}

}  // namespace souk::app
