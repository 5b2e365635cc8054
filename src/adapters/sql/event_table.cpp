#include "adapters/sql/event_table.hpp"

#include <algorithm>

namespace souk::sql {
namespace {

constexpr std::string_view kSelect =
    "SELECT store_id, number, store_seq, team, type, phase, step, condition, state, reason, message, "
    "percent, "
    "store_version, operation, time, coalesce((SELECT name FROM stores WHERE stores.id = events.store_id), "
    "'') "
    "FROM events WHERE ";

// The row of the counter is what orders the events of one store, also between processes.
constexpr std::string_view kNextSeq =
    "INSERT INTO event_counters (store_id, last_seq) VALUES ($1, 1) "
    "ON CONFLICT (store_id) DO UPDATE SET last_seq = event_counters.last_seq + 1 RETURNING last_seq";

constexpr std::string_view kInsert =
    "INSERT INTO events (store_seq, store_id, team, type, phase, step, condition, state, reason, message, "
    "percent, "
    "store_version, operation, time) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

Result<Event> read_event(Reader& row) {
    auto store = StoreId::parse(row.text());
    if (!store) {
        return fail(ErrorCode::Internal, "an event in the database has a store that this version cannot read",
                    "UnreadableRow");
    }
    return Event{.number = row.integer(),  // braces are read from left to right
                 .store_seq = row.integer(),
                 .store_id = std::move(*store),
                 .team = row.text(),
                 .type = row.text(),
                 .phase = row.text(),
                 .step = row.text(),
                 .condition = row.text(),
                 .state = row.text(),
                 .reason = row.text(),
                 .message = row.text(),
                 .percent = row.small(),
                 .store_version = row.integer(),
                 .operation = row.text(),
                 .time = row.time(),
                 .store_name = row.text()};
}

/// The conditions that both directions share; `$1` is the number.
std::string filtered(std::string_view start, std::vector<Value>& values, const app::EventFilter& filter) {
    std::string sql = std::string(kSelect) + std::string(start);
    const auto parameter = [&](Value value) {
        values.push_back(value);
        return "$" + std::to_string(values.size());
    };
    if (!filter.team.empty()) {
        sql += " AND team = " + parameter(filter.team);
    }
    if (!filter.store.empty()) {
        sql += " AND store_id = " + parameter(filter.store);
    }
    if (!filter.types.empty()) {
        std::string list;
        for (const std::string& type : filter.types) {
            list += (list.empty() ? "" : ", ") + parameter(type);
        }
        sql += " AND type IN (" + list + ")";
    }
    if (filter.since) {
        sql += " AND time >= " + parameter(*filter.since);
    }
    if (filter.until) {
        sql += " AND time < " + parameter(*filter.until);
    }
    return sql;
}

}  // namespace

Result<> SqlEventTable::append(const Event& event) {
    const auto seq = fetch_number(session_.connection, kNextSeq, {event.store_id.str()});
    if (!seq) {
        return forward(seq);
    }
    return as_done(session_.connection.execute(
        kInsert, {*seq, event.store_id.str(), event.team, event.type, event.phase, event.step,
                  event.condition, event.state, event.reason, event.message, event.percent,
                  event.store_version, event.operation, event.time}));
}

Result<std::vector<Event>> SqlEventTable::read_after(std::int64_t after, const app::EventFilter& filter,
                                                     int limit) {
    std::vector<Value> values = {after};
    std::string sql = filtered("number > $1", values, filter);
    values.emplace_back(std::max(limit, 1));
    sql += " ORDER BY number LIMIT $" + std::to_string(values.size());
    return fetch(session_.connection, sql, std::span<const Value>(values), read_event);
}

Result<std::vector<Event>> SqlEventTable::read_before(std::int64_t before, const app::EventFilter& filter,
                                                      int limit) {
    std::vector<Value> values = {before > 0 ? before : INT64_MAX};
    std::string sql = filtered("number < $1", values, filter);
    values.emplace_back(std::max(limit, 1));
    sql += " ORDER BY number DESC LIMIT $" + std::to_string(values.size());
    return fetch(session_.connection, sql, std::span<const Value>(values), read_event);
}

Result<std::int64_t> SqlEventTable::newest_number() {
    return fetch_number(session_.connection, "SELECT max(number) FROM events", {});
}

Result<std::int64_t> SqlEventTable::oldest_number() {
    return fetch_number(session_.connection, "SELECT min(number) FROM events", {});
}

Result<int> SqlEventTable::remove_older_than(Timestamp time, int limit) {
    return as_count(session_.connection.execute(
        "DELETE FROM events WHERE number IN (SELECT number FROM events WHERE time < $1 AND number < "
        "(SELECT max(number) FROM events) ORDER BY time LIMIT $2)",
        {time, limit}));
}

}  // namespace souk::sql
