#include "app/stores/delete_store.hpp"

#include "app/events/record_event.hpp"
#include "app/stores/find_store.hpp"

namespace souk::app {
namespace {

/// The operation that the deletion pre-empts ends here: at most one may run.
Result<> abort_running(Transaction& tx, const Store& store, Operation running) {
    running.state = OperationState::Aborted;
    running.error = Failure{"Deleted", "the store is being deleted"};
    running.ended = tx.now();
    return tx.operations().update(running).and_then([&] {
        return record_event(
            tx, store,
            {"operation.ended", {}, "aborted", "Deleted", "the store is being deleted", running.id.str()});
    });
}

}  // namespace

Result<Accepted> DeleteStore::operator()(std::string_view id, std::string_view confirmation,
                                         const Caller& caller, const RenderAccepted& render) const {
    auto begun = database_.begin(Access::Write);
    if (!begun) {
        return forward(begun);
    }
    Transaction& tx = **begun;
    auto store = find_living_store(tx, caller, id);
    if (!store) {
        return forward(store);
    }
    const auto running = tx.operations().find_running(store->id);
    if (!running) {
        return forward(running);
    }
    if (running->has_value() && (*running)->kind == OperationKind::Delete) {
        return Accepted{render(*store, **running), true};
    }
    if (confirmation != store->name.str()) {
        Error error{ErrorCode::InvalidInput, "type the store's name to delete it", "ConfirmationNeeded", {}};
        error.fields.push_back({"confirm", "mismatch", "must be the store's name"});
        return tl::unexpected(std::move(error));
    }
    if (running->has_value()) {
        if (auto aborted = abort_running(tx, *store, **running); !aborted) {
            return forward(aborted);
        }
    }
    if (auto moved = move_phase(*store, Phase::Deleting); !moved) {
        return forward(moved);
    }
    store->deletion_wanted = true;
    store->failure.reset();
    store->steps = pending_steps(kDeleteSteps);
    store->deadline.reset();
    store->waiting_since.reset();
    ++store->generation;
    const Operation operation{.id = ids_.make<OperationId>(),
                              .kind = OperationKind::Delete,
                              .store_id = store->id,
                              .team = store->team,
                              .steps = store->steps,
                              .error = {},
                              .requested_by = caller.user,
                              .created = tx.now(),
                              .updated = tx.now(),
                              .ended = {},
                              .store_name = store->name.str()};
    const auto written =
        tx.stores()
            .update(*store, nullptr)
            .and_then([&] { return tx.operations().insert(operation); })
            .and_then([&] {
                return tx.audit().append(
                    {caller.user, "store.delete", store->id.str(), {}, caller.request_id, tx.now()});
            })
            .and_then([&] {
                return record_event(
                    tx, *store, {"store.phase", {}, {}, {}, "deletion was asked for", operation.id.str()});
            })
            .and_then([&] { return tx.jobs().wake(store->id, true); })
            .and_then([&](bool) { return tx.commit("delete_store"); });
    if (!written) {
        return forward(written);
    }
    signals_.stop_running(store->id);
    signals_.jobs_changed();
    signals_.events_appended();
    return Accepted{render(*store, operation), false};
}

}  // namespace souk::app
