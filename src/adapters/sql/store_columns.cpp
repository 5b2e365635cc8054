#include "adapters/sql/store_columns.hpp"

#include "adapters/sql/json_columns.hpp"

namespace souk::sql {
namespace {

tl::unexpected<Error> unreadable(std::string_view what) {
    return fail(ErrorCode::Internal,
                "a store in the database has a " + std::string(what) + " that this version cannot read",
                "UnreadableRow");
}

}  // namespace

Result<Store> read_store(Reader& row) {
    auto id = StoreId::parse(row.text());
    if (!id) {
        return unreadable("id");
    }
    std::string cluster = row.text();
    std::string team = row.text();
    auto name = StoreName::parse(row.text());
    if (!name) {
        return unreadable("name");
    }
    auto slug = Slug::parse(row.text());
    if (!slug) {
        return unreadable("slug");
    }
    auto ns = NamespaceName::parse(row.text());
    if (!ns) {
        return unreadable("namespace");
    }
    Store store{.id = std::move(*id),
                .cluster = std::move(cluster),
                .team = std::move(team),
                .name = *name,
                .created_name = *name,
                .slug = std::move(*slug),
                .ns = std::move(*ns),
                .engine = row.text(),
                .engine_version = row.text(),
                .pack_digest = row.text(),
                .plan = row.text()};
    const auto phase = parse_phase(row.text());
    if (!phase) {
        return unreadable("phase");
    }
    store.phase = *phase;
    store.deletion_wanted = row.flag();
    store.cancel_wanted = row.flag();
    store.generation = row.integer();
    store.version = row.integer();
    store.created = row.time();
    store.updated = row.time();
    store.deadline = row.maybe_time();
    store.admitted = row.maybe_time();
    store.checks_passed = row.maybe_time();
    store.first_ready = row.maybe_time();
    store.deleted = row.maybe_time();
    auto reason = row.maybe_text();
    auto message = row.maybe_text();
    if (reason) {
        store.failure = Failure{std::move(*reason), message.value_or("")};
    }
    auto hosts = texts_from_json(row.text());
    auto conditions = conditions_from_json(row.text());
    auto steps = steps_from_json(row.text());
    if (!hosts || !conditions || !steps) {
        return unreadable("list");
    }
    store.hosts = std::move(*hosts);
    store.conditions = std::move(*conditions);
    store.steps = std::move(*steps);
    const std::string created_name = row.text();
    store.waiting_since = row.maybe_time();
    store.suspension_wanted = row.flag();
    store.restarted = row.maybe_time();
    if (created_name.empty()) {
        return store;  // written by a soukd that does not know the column yet
    }
    auto created = StoreName::parse(created_name);
    if (!created) {
        return unreadable("name");
    }
    store.created_name = std::move(*created);
    return store;
}

}  // namespace souk::sql
