#include "app/stores/start_update.hpp"

#include "app/events/record_event.hpp"
#include "app/stores/find_store.hpp"
#include "app/stores/load_pack.hpp"

#include <algorithm>
#include <utility>

namespace souk::app {
namespace {

/// "store.suspend" -> "suspend"
std::string action_of(OperationKind kind) {
    const std::string_view text = to_string(kind);
    return std::string(text.substr(text.find('.') + 1));
}

Result<> check_phase(const Store& store, const UpdateWish& wish) {
    if (std::ranges::find(wish.from, store.phase) != wish.from.end()) {
        return {};
    }
    std::string phases;
    for (const Phase phase : wish.from) {
        phases += (phases.empty() ? "" : " or ") + std::string(to_string(phase));
    }
    return fail(ErrorCode::Conflict,
                "the store is " + std::string(to_string(store.phase)) + "; " + action_of(wish.kind) +
                    " needs one that is " + phases,
                "WrongPhase");
}

}  // namespace

Result<Accepted> start_update(const UpdateTools& tools, const UpdateRequest& request, const UpdateWish& wish,
                              std::string_view commit_name) {
    auto begun = tools.database.begin(Access::Write);
    if (!begun) {
        return forward(begun);
    }
    Transaction& tx = **begun;
    auto known = find_answer(tx, request.key);
    if (!known) {
        return forward(known);
    }
    if (known->has_value()) {
        return Accepted{std::move(**known), true};
    }
    auto store = find_living_store(tx, request.caller, request.store);
    if (!store) {
        return forward(store);
    }
    const auto running = tx.operations().find_running(store->id);
    if (!running) {
        return forward(running);
    }
    if (running->has_value()) {
        return fail(ErrorCode::Conflict, "operation " + (*running)->id.str() + " is running",
                    "OperationRunning");
    }
    if (auto right = check_phase(*store, wish); !right) {
        return forward(right);
    }
    const auto pack = load_pack(tools.engines, tx, *store);
    if (!pack) {
        return forward(pack);
    }
    const Engine& engine = (*pack)->engine;
    if (!(engine.*wish.ability)) {
        return fail(ErrorCode::Conflict,
                    "version " + store->engine_version + " of the engine " + store->engine + " knows no " +
                        action_of(wish.kind),
                    "ActionUnsupported");
    }
    if (auto moved = move_phase(*store, Phase::Updating); !moved) {
        return forward(moved);
    }
    wish.apply(*store, tx.now());
    store->failure.reset();
    store->steps = pending_steps(wish.steps);
    store->deadline = tx.now() + engine.provisioning_deadline;
    ++store->generation;
    const Operation operation{.id = tools.ids.make<OperationId>(),
                              .kind = wish.kind,
                              .store_id = store->id,
                              .team = store->team,
                              .steps = store->steps,
                              .error = {},
                              .requested_by = request.caller.user,
                              .created = tx.now(),
                              .updated = tx.now(),
                              .ended = {},
                              .store_name = store->name.str()};
    StoredAnswer answer;
    const auto written =
        tx.stores()
            .update(*store, nullptr)
            .map([&] { answer = request.render(*store, operation); })  // with the version it has now
            .and_then([&] { return tx.operations().insert(operation); })
            .and_then([&] {
                return tx.audit().append({request.caller.user,
                                          std::string(to_string(wish.kind)),
                                          store->id.str(),
                                          {},
                                          request.caller.request_id,
                                          tx.now()});
            })
            .and_then([&] { return keep_answer(tx, request.key, answer); })
            .and_then([&] {
                return record_event(tx, *store,
                                    {"store.phase", {}, {}, wish.reason, wish.message, operation.id.str()});
            })
            .and_then([&] {
                return record_event(tx, *store,
                                    {"operation.started", {}, {}, {}, wish.message, operation.id.str()});
            })
            .and_then([&] { return tx.jobs().wake(store->id, true); })
            .and_then([&](bool) { return tx.commit(commit_name); });
    if (!written) {
        return forward(written);
    }
    tools.signals.jobs_changed();
    tools.signals.events_appended();
    return Accepted{std::move(answer), false};
}

}  // namespace souk::app
