#include "adapters/sql/store_table.hpp"

#include "adapters/sql/json_columns.hpp"
#include "adapters/sql/search_text.hpp"
#include "adapters/sql/store_columns.hpp"

namespace souk::sql {
namespace {

constexpr std::string_view kInsert =
    "INSERT INTO stores (id, cluster, team, name, slug, namespace, engine, engine_version, pack_digest, "
    "plan, phase, "
    "deletion_wanted, cancel_wanted, generation, version, created, updated, deadline, admitted, "
    "checks_passed, first_ready, deleted, "
    "failure_reason, failure_message, hosts, conditions, steps, search_text, created_name, waiting_since, "
    "suspension_wanted, restarted) "
    "VALUES ($1, $2, $3, $4, $5, $6, "
    "$7, $8, $9, $10, $11, "
    "$12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, "
    "$32)";

constexpr std::string_view kUpdate =
    "UPDATE stores SET cluster = $1, team = $2, name = $3, slug = $4, namespace = $5, engine = $6, "
    "engine_version = $7, "
    "pack_digest = $8, plan = $9, phase = $10, deletion_wanted = $11, cancel_wanted = $12, generation = $13, "
    "created = $14, "
    "updated = $15, deadline = $16, admitted = $17, checks_passed = $18, first_ready = $19, deleted = $20, "
    "failure_reason = $21, "
    "failure_message = $22, hosts = $23, conditions = $24, steps = $25, search_text = $26, created_name = "
    "$27, waiting_since = $28, suspension_wanted = $29, restarted = $30, version = version "
    "+ 1 "
    "WHERE id = $31 AND version = $32";

// The fence: a worker that lost its lease changes nothing. A reaped job keeps its epoch until the next claim,
// so its state counts too.
constexpr std::string_view kUpdateWithLease =
    " AND EXISTS (SELECT 1 FROM jobs WHERE jobs.id = $33 AND jobs.lease_epoch = $34 AND jobs.state = "
    "'running' "
    "AND jobs.store_id = stores.id)";

std::optional<std::string> reason_of(const Store& store) {
    return store.failure ? std::optional(store.failure->reason) : std::nullopt;
}

std::optional<std::string> message_of(const Store& store) {
    return store.failure ? std::optional(store.failure->message) : std::nullopt;
}

Result<app::StoreTable::Counts> read_counts(Reader& row) {
    app::StoreTable::Counts counts;
    counts.living = row.small();
    counts.provisioning = row.small();
    return counts;
}

}  // namespace

Result<> SqlStoreTable::insert(const Store& store) {
    const auto reason = reason_of(store);
    const auto message = message_of(store);
    return as_done(session_.connection.execute(kInsert, {store.id.str(),
                                                         store.cluster,
                                                         store.team,
                                                         store.name.str(),
                                                         store.slug.str(),
                                                         store.ns.str(),
                                                         store.engine,
                                                         store.engine_version,
                                                         store.pack_digest,
                                                         store.plan,
                                                         to_string(store.phase),
                                                         store.deletion_wanted,
                                                         store.cancel_wanted,
                                                         store.generation,
                                                         store.version,
                                                         store.created,
                                                         store.updated,
                                                         store.deadline,
                                                         store.admitted,
                                                         store.checks_passed,
                                                         store.first_ready,
                                                         store.deleted,
                                                         reason,
                                                         message,
                                                         to_json(store.hosts),
                                                         to_json(store.conditions),
                                                         to_json(store.steps),
                                                         search_text(store.name.str(), store.slug.str()),
                                                         store.created_name.str(),
                                                         store.waiting_since,
                                                         store.suspension_wanted,
                                                         store.restarted}));
}

Result<Store> SqlStoreTable::load(const StoreId& id) {
    static const std::string sql = "SELECT " + std::string(kStoreColumns) + " FROM stores WHERE id = $1";
    auto store = fetch_one(session_.connection, sql, {id.str()}, read_store);
    if (!store) {
        return forward(std::move(store));
    }
    if (!*store) {
        return fail(ErrorCode::NotFound, "there is no such store");
    }
    return std::move(**store);
}

Result<std::optional<Store>> SqlStoreTable::find_by_slug(std::string_view team, std::string_view slug) {
    static const std::string sql = "SELECT " + std::string(kStoreColumns) +
                                   " FROM stores WHERE slug = $1 AND team = $2 AND phase <> 'Deleted'";
    return fetch_one(session_.connection, sql, {slug, team}, read_store);
}

Result<std::optional<Store>> SqlStoreTable::find_by_name(std::string_view team, std::string_view name) {
    static const std::string sql = "SELECT " + std::string(kStoreColumns) +
                                   " FROM stores WHERE team = $1 AND name = $2 AND phase <> 'Deleted'";
    return fetch_one(session_.connection, sql, {team, name}, read_store);
}

Result<bool> SqlStoreTable::slug_taken(std::string_view slug) {
    const auto found = fetch_number(
        session_.connection, "SELECT count(*) FROM stores WHERE slug = $1 AND phase <> 'Deleted'", {slug});
    if (!found) {
        return forward(found);
    }
    return *found > 0;
}

Result<> SqlStoreTable::update(Store& store, const Lease* lease) {
    static const std::string with_lease = std::string(kUpdate) + std::string(kUpdateWithLease);
    const auto reason = reason_of(store);
    const auto message = message_of(store);
    const std::optional<std::string> job = lease == nullptr ? std::nullopt : std::optional(lease->job.str());
    const auto changed =
        session_.connection.execute(lease == nullptr ? kUpdate : std::string_view(with_lease),
                                    {store.cluster,
                                     store.team,
                                     store.name.str(),
                                     store.slug.str(),
                                     store.ns.str(),
                                     store.engine,
                                     store.engine_version,
                                     store.pack_digest,
                                     store.plan,
                                     to_string(store.phase),
                                     store.deletion_wanted,
                                     store.cancel_wanted,
                                     store.generation,
                                     store.created,
                                     session_.now,
                                     store.deadline,
                                     store.admitted,
                                     store.checks_passed,
                                     store.first_ready,
                                     store.deleted,
                                     reason,
                                     message,
                                     to_json(store.hosts),
                                     to_json(store.conditions),
                                     to_json(store.steps),
                                     search_text(store.name.str(), store.slug.str()),
                                     store.created_name.str(),
                                     store.waiting_since,
                                     store.suspension_wanted,
                                     store.restarted,
                                     store.id.str(),
                                     store.version,
                                     job,
                                     lease == nullptr ? 0 : lease->epoch});
    if (!changed) {
        return forward(changed);
    }
    if (*changed == 0) {
        return explain_lost_update(store);
    }
    ++store.version;
    store.updated = session_.now;
    return {};
}

Result<> SqlStoreTable::explain_lost_update(const Store& store) {
    const auto version =
        fetch_one(session_.connection, "SELECT version FROM stores WHERE id = $1", {store.id.str()},
                  [](Reader& row) -> Result<std::int64_t> { return row.integer(); });
    if (!version) {
        return forward(version);
    }
    if (!*version) {
        return fail(ErrorCode::NotFound, "there is no such store");
    }
    if (**version != store.version) {
        return fail(ErrorCode::Conflict, "the store was changed in between", "VersionChanged");
    }
    return fail(ErrorCode::Conflict, "the lease on this store's job is lost", "LeaseLost");
}

Result<app::StoreTable::Counts> SqlStoreTable::count(std::string_view team) {
    auto counts = fetch_one(
        session_.connection,
        "SELECT count(*), coalesce(sum(CASE WHEN phase = 'Provisioning' THEN 1 ELSE 0 END), 0) FROM stores "
        "WHERE team = $1 AND phase <> 'Deleted'",
        {team}, read_counts);
    if (!counts) {
        return forward(std::move(counts));
    }
    return counts->value_or(Counts{});
}

Result<app::StoreTable::Counts> SqlStoreTable::count_all() {
    auto counts = fetch_one(
        session_.connection,
        "SELECT count(*), coalesce(sum(CASE WHEN phase = 'Provisioning' THEN 1 ELSE 0 END), 0) FROM stores "
        "WHERE phase <> 'Deleted'",
        {}, read_counts);
    if (!counts) {
        return forward(std::move(counts));
    }
    return counts->value_or(Counts{});
}

Result<std::vector<app::StoreTable::TeamLine>> SqlStoreTable::line_before(const StoreId& store,
                                                                          Timestamp since) {
    // One that shall be deleted or cancelled waits for nothing, and one whose job meets errors would hold up
    // all the others for as long as it is tried.
    return fetch(session_.connection,
                 "SELECT team, sum(provisioning), sum(waiting) FROM ("
                 "SELECT team, 1 AS provisioning, 0 AS waiting FROM stores WHERE phase = 'Provisioning' "
                 "UNION ALL "
                 "SELECT team, 0, 1 FROM stores WHERE waiting_since IS NOT NULL AND (waiting_since, id) < "
                 "($1, $2) AND deletion_wanted = 0 AND cancel_wanted = 0 AND EXISTS (SELECT 1 FROM jobs "
                 "WHERE jobs.store_id = stores.id AND jobs.state <> 'done' AND jobs.last_error = '')"
                 ") AS line GROUP BY team ORDER BY team",
                 {since, store.str()}, [](Reader& row) -> Result<TeamLine> {
                     TeamLine line;
                     line.team = row.text();
                     line.provisioning = row.small();
                     line.before = row.small();
                     return line;
                 });
}

Result<std::vector<app::StoreTable::PhaseCount>> SqlStoreTable::count_by_engine_and_phase() {
    return fetch(session_.connection,
                 "SELECT engine, phase, count(*) FROM stores GROUP BY engine, phase ORDER BY engine, phase",
                 {}, [](Reader& row) -> Result<PhaseCount> {
                     std::string engine = row.text();
                     const auto phase = parse_phase(row.text());
                     if (!phase) {
                         return fail(ErrorCode::Internal, "a store has an unknown phase", "UnreadableRow");
                     }
                     return PhaseCount{std::move(engine), *phase, row.integer()};
                 });
}

Result<int> SqlStoreTable::extend_deadlines() {
    return as_count(session_.connection.execute(
        "UPDATE stores SET deadline = deadline + ($1 - updated), updated = $1, version = version + 1 "
        "WHERE phase = 'Provisioning' AND deadline IS NOT NULL AND updated < $1",
        {session_.now}));
}

}  // namespace souk::sql
