#include "app/stores/create_store.hpp"

#include "app/events/record_event.hpp"

#include <algorithm>
#include <utility>

namespace souk::app {
namespace {

/// Every wrong field at once, so that a person fixes them in one go.
Error problems_of(const NewStore& input, const Result<StoreName>& name,
                  const std::shared_ptr<const EnginePack>& pack, bool plan_known,
                  const std::vector<Plan>& plans) {
    Error error{ErrorCode::InvalidInput, "the store cannot be created as asked", "InvalidStore", {}};
    if (!name) {
        error.fields.push_back({"/name", input.name.empty() ? "required" : "invalid", name.error().message});
    }
    if (pack == nullptr) {
        error.fields.push_back({"/engine", input.engine.empty() ? "required" : "unknown",
                                input.engine.empty() ? "an engine is needed" : "there is no such engine"});
    }
    if (!plan_known) {
        std::string known;
        for (const Plan& plan : plans) {
            known += (known.empty() ? "" : ", ") + plan.name;
        }
        error.fields.push_back({"/plan", "unknown", "there is no such plan; known are " + known});
    }
    return error;
}

/// The slug of the name, numbered when another team's store has it.
Result<Slug> free_slug(Transaction& tx, const StoreName& name) {
    const Slug wanted = Slug::from_name(name);
    Slug slug = wanted;
    for (int n = 2; n < 1000; ++n) {
        const auto taken = tx.stores().slug_taken(slug.str());
        if (!taken) {
            return forward(taken);
        }
        if (!*taken) {
            return slug;
        }
        slug = wanted.numbered(n);
    }
    return fail(ErrorCode::Conflict, "no free address is left for this name; choose another", "SlugTaken");
}

}  // namespace

Result<Accepted> CreateStore::operator()(const NewStore& input, const Caller& caller,
                                         const IdempotencyKey& key, const RenderAccepted& render) const {
    const auto name = StoreName::parse(input.name);
    const auto pack = engines_.find(input.engine);
    const bool plan_known =
        std::any_of(plans_.begin(), plans_.end(), [&](const Plan& plan) { return plan.name == input.plan; });
    if (!name || pack == nullptr || !plan_known) {
        return tl::unexpected(problems_of(input, name, pack, plan_known, plans_));
    }

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

    const auto in_team = tx.stores().count(caller.team);
    const auto in_all = in_team ? tx.stores().count_all() : in_team;
    if (!in_all) {
        return forward(in_all);
    }
    if (in_team->living >= limits_.stores_per_team || in_all->living >= limits_.stores) {
        return fail(ErrorCode::QuotaExceeded,
                    "the limit of stores is reached; delete one or ask the operator", "StoreLimit");
    }
    const auto same_name = tx.stores().find_by_name(caller.team, name->str());
    if (!same_name) {
        return forward(same_name);
    }
    if (same_name->has_value()) {
        Error taken{
            ErrorCode::Conflict, "a store of this name exists: " + (*same_name)->id.str(), "NameTaken", {}};
        taken.fields.push_back({"/name", "taken", "used by /api/v1/stores/" + (*same_name)->id.str()});
        return tl::unexpected(std::move(taken));
    }
    const auto slug = free_slug(tx, *name);
    if (!slug) {
        return forward(slug);
    }
    const auto id = ids_.make<StoreId>();
    Store store{.id = id,
                .team = caller.team,
                .name = *name,
                .created_name = *name,
                .slug = *slug,
                .ns = NamespaceName::for_store(*slug, id),
                .engine = pack->engine.name,
                .engine_version = pack->engine.version,
                .pack_digest = pack->digest,
                .plan = input.plan,
                .hosts = {host_for(*slug, cluster_)},
                .conditions = {},
                .steps = pending_steps(false),
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
                        .ended = {}};
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
