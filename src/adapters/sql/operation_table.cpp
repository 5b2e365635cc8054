#include "adapters/sql/operation_table.hpp"

#include "adapters/sql/json_columns.hpp"

#include <algorithm>

namespace souk::sql {
namespace {

constexpr std::string_view kSelect =
    "SELECT id, kind, store_id, team, state, requested_by, created, updated, ended, error_reason, "
    "error_message, steps, coalesce((SELECT name FROM stores WHERE stores.id = operations.store_id), '') "
    "FROM operations WHERE ";

tl::unexpected<Error> unreadable(std::string_view what) {
    return fail(ErrorCode::Internal,
                "an operation in the database has a " + std::string(what) + " that this version cannot read",
                "UnreadableRow");
}

Result<Operation> read_operation(Reader& row) {
    auto id = OperationId::parse(row.text());
    const auto kind = parse_operation_kind(row.text());
    auto store = StoreId::parse(row.text());
    if (!id || !store) {
        return unreadable("id");
    }
    Operation operation{.id = std::move(*id), .store_id = std::move(*store), .requested_by = {}};
    operation.team = row.text();
    const auto state = parse_operation_state(row.text());
    if (!kind || !state) {
        return unreadable("kind or state");
    }
    operation.kind = *kind;
    operation.state = *state;
    operation.requested_by = row.text();
    operation.created = row.time();
    operation.updated = row.time();
    operation.ended = row.maybe_time();
    auto reason = row.maybe_text();
    auto message = row.maybe_text();
    if (reason) {
        operation.error = Failure{std::move(*reason), message.value_or("")};
    }
    auto steps = steps_from_json(row.text());
    if (!steps) {
        return unreadable("list");
    }
    operation.steps = std::move(*steps);
    operation.store_name = row.text();
    return operation;
}

std::optional<std::string> reason_of(const Operation& operation) {
    return operation.error ? std::optional(operation.error->reason) : std::nullopt;
}

std::optional<std::string> message_of(const Operation& operation) {
    return operation.error ? std::optional(operation.error->message) : std::nullopt;
}

}  // namespace

Result<> SqlOperationTable::insert(const Operation& operation) {
    return as_done(session_.connection.execute(
        "INSERT INTO operations (id, kind, store_id, team, state, requested_by, created, updated, ended, "
        "error_reason, error_message, "
        "steps) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        {operation.id.str(), to_string(operation.kind), operation.store_id.str(), operation.team,
         to_string(operation.state), operation.requested_by, operation.created, operation.updated,
         operation.ended, reason_of(operation), message_of(operation), to_json(operation.steps)}));
}

Result<Operation> SqlOperationTable::load(const OperationId& id) {
    static const std::string sql = std::string(kSelect) + "id = $1";
    auto operation = fetch_one(session_.connection, sql, {id.str()}, read_operation);
    if (!operation) {
        return forward(std::move(operation));
    }
    if (!*operation) {
        return fail(ErrorCode::NotFound, "there is no such operation");
    }
    return std::move(**operation);
}

Result<std::optional<Operation>> SqlOperationTable::find_running(const StoreId& store) {
    static const std::string sql = std::string(kSelect) + "store_id = $1 AND state = 'running'";
    return fetch_one(session_.connection, sql, {store.str()}, read_operation);
}

Result<std::optional<Operation>> SqlOperationTable::find_latest(const StoreId& store) {
    static const std::string sql =
        std::string(kSelect) + "store_id = $1 ORDER BY created DESC, id DESC LIMIT 1";
    return fetch_one(session_.connection, sql, {store.str()}, read_operation);
}

Result<> SqlOperationTable::update(const Operation& operation) {
    const auto changed = session_.connection.execute(
        "UPDATE operations SET state = $1, updated = $2, ended = $3, error_reason = $4, error_message = $5, "
        "steps = $6 WHERE id = $7",
        {to_string(operation.state), operation.updated, operation.ended, reason_of(operation),
         message_of(operation), to_json(operation.steps), operation.id.str()});
    if (!changed) {
        return forward(changed);
    }
    if (*changed == 0) {
        return fail(ErrorCode::NotFound, "there is no such operation");
    }
    return {};
}

Result<std::vector<Operation>> SqlOperationTable::list(const app::OperationFilter& filter, int limit,
                                                       std::optional<Timestamp> before,
                                                       std::string_view before_id) {
    std::string sql = std::string(kSelect) + "team = $1";
    std::vector<Value> values = {filter.team};
    const auto parameter = [&](Value value) {
        values.push_back(value);
        return "$" + std::to_string(values.size());
    };
    if (!filter.store.empty()) {
        sql += " AND store_id = " + parameter(filter.store);
    }
    if (filter.state) {
        sql += " AND state = " + parameter(to_string(*filter.state));
    }
    if (filter.kind) {
        sql += " AND kind = " + parameter(to_string(*filter.kind));
    }
    if (before) {
        const std::string time = parameter(*before);
        sql += " AND (created, id) < (" + time + ", " + parameter(before_id) + ")";
    }
    sql += " ORDER BY created DESC, id DESC LIMIT " + parameter(std::max(limit, 1));
    return fetch(session_.connection, sql, std::span<const Value>(values), read_operation);
}

Result<int> SqlOperationTable::remove_ended_before(Timestamp time, int limit) {
    return as_count(session_.connection.execute(
        "DELETE FROM operations WHERE id IN (SELECT id FROM operations AS old WHERE old.ended < $1 AND "
        "EXISTS "
        "(SELECT 1 FROM operations AS newer WHERE newer.store_id = old.store_id AND "
        "(newer.created, newer.id) > (old.created, old.id)) ORDER BY old.ended LIMIT $2)",
        {time, limit}));
}

}  // namespace souk::sql
