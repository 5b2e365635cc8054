#include "app/stores/create_store.hpp"

#include "app/events/record_event.hpp"

#include <utility>

namespace souk::app {

Result<Accepted> CreateStore::operator()(const NewStore& input, const Caller& caller,
                                         const IdempotencyKey& key, const RenderAccepted& render) const {
    const auto known_store = parse_new_store(input, engines_, plans_);
    if (!known_store) {
        return forward(known_store);
    }
    const auto& [name, pack, plan] = *known_store;

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

    const auto slug = find_room(tx, name, caller, limits_);
    if (!slug) {
        return forward(slug);
    }
    const auto id = ids_.make<StoreId>();
    Store store{.id = id,
                .team = caller.team,
                .name = name,
                .created_name = name,
                .slug = *slug,
                .ns = NamespaceName::for_store(*slug, id),
                .engine = pack->engine.name,
                .engine_version = pack->engine.version,
                .pack_digest = pack->digest,
                .plan = plan.name,
                .hosts = {host_for(*slug, cluster_)},
                .conditions = {},
                .steps = pending_steps(kCreateSteps),
                .failure = {},
                .created = tx.now(),
                .updated = tx.now(),
                .deadline = {},
                .waiting_since = tx.now(),
                .admitted = {},
                .checks_passed = {},
                .first_ready = {},
                .deleted = {}};
    Operation operation{.id = ids_.make<OperationId>(),
                        .kind = OperationKind::Create,
                        .store_id = id,
                        .team = caller.team,
                        .steps = store.steps,
                        .error = {},
                        .requested_by = caller.user,
                        .created = tx.now(),
                        .updated = tx.now(),
                        .ended = {},
                        .store_name = store.name.str()};
    const auto has_pack = tx.packs().has(pack->digest);
    if (!has_pack) {
        return forward(has_pack);
    }
    StoredAnswer answer = render(store, operation);
    const auto written =
        (*has_pack ? Result<>{}
                   : tx.packs().insert(pack->digest, pack->engine.name, pack->engine.version, pack->archive))
            .and_then([&] { return tx.stores().insert(store); })
            .and_then([&] { return tx.operations().insert(operation); })
            .and_then([&] { return tx.jobs().enqueue(ids_.make<JobId>(), kStoreReconcile, id); })
            .and_then([&] {
                return tx.audit().append(
                    {caller.user, "store.create", id.str(), {}, caller.request_id, tx.now()});
            })
            .and_then([&] { return keep_answer(tx, key, answer); })
            .and_then([&] {
                return record_event(tx, store,
                                    {.type = "store.requested",
                                     .step = {},
                                     .state = {},
                                     .reason = {},
                                     .message = {},
                                     .operation = operation.id.str()});
            })
            .and_then([&] { return tx.commit("create_store"); });
    if (!written) {
        return forward(written);
    }
    signals_.jobs_changed();
    signals_.events_appended();
    return Accepted{std::move(answer), false};
}

}  // namespace souk::app
