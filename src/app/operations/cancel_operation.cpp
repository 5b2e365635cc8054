#include "app/operations/cancel_operation.hpp"

#include "app/events/record_event.hpp"

namespace souk::app {

Result<Operation> find_operation(Transaction& tx, const Caller& caller, std::string_view text) {
    const auto missing = [] {
        return fail(ErrorCode::NotFound, "there is no such operation", "OperationNotFound");
    };
    const auto id = OperationId::parse(text);
    if (!id) {
        return missing();
    }
    auto operation = tx.operations().load(*id);
    if (operation && operation->team != caller.team) {
        return missing();
    }
    if (!operation && operation.error().code == ErrorCode::NotFound) {
        return missing();
    }
    return operation;
}

Result<Operation> CancelOperation::operator()(std::string_view id, const Caller& caller) const {
    auto begun = database_.begin(Access::Write);
    if (!begun) {
        return forward(begun);
    }
    Transaction& tx = **begun;
    auto operation = find_operation(tx, caller, id);
    if (!operation) {
        return operation;
    }
    if (operation->state != OperationState::Running) {
        return fail(ErrorCode::Conflict, "the operation has ended", "NotCancellable");
    }
    if (operation->kind != OperationKind::Create && operation->kind != OperationKind::Retry) {
        return fail(ErrorCode::Conflict,
                    "a " + std::string(to_string(operation->kind)) +
                        " goes forward only; what can be cancelled is a creation",
                    "NotCancellable");
    }
    auto store = tx.stores().load(operation->store_id);
    if (!store) {
        return forward(store);
    }
    if (store->cancel_wanted) {
        return operation;
    }
    store->cancel_wanted = true;
    ++store->generation;
    const auto written =
        tx.stores()
            .update(*store, nullptr)
            .and_then([&] {
                return tx.audit().append(
                    {caller.user, "operation.cancel", store->id.str(), {}, caller.request_id, tx.now()});
            })
            .and_then([&] {
                return record_event(tx, *store,
                                    {"operation.cancelling",
                                     {},
                                     {},
                                     "Cancelled",
                                     "cancel was asked for",
                                     operation->id.str()});
            })
            .and_then([&] { return tx.jobs().wake(store->id, true); })
            .and_then([&](bool) { return tx.commit("cancel_operation"); });
    if (!written) {
        return forward(written);
    }
    signals_.stop_running(store->id);
    signals_.jobs_changed();
    signals_.events_appended();
    return operation;
}

}  // namespace souk::app
