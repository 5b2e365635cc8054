#include "adapters/sql/audit_table.hpp"

#include <algorithm>

namespace souk::sql {

Result<> SqlAuditTable::append(const app::AuditEntry& entry) {
    // The entry has no team; its store does.
    return as_done(session_.connection.execute(
        "INSERT INTO audit (time, team, actor, action, store_id, reason, request_id) "
        "VALUES ($1, coalesce((SELECT team FROM stores WHERE id = $4), 'default'), $2, $3, $4, $5, $6)",
        {entry.time, entry.actor, entry.action, entry.store_id, entry.reason, entry.request_id}));
}

Result<std::vector<app::AuditEntry>> SqlAuditTable::list(std::string_view store, int limit) {
    std::string sql = "SELECT actor, action, store_id, reason, request_id, time FROM audit";
    std::vector<Value> values = {std::max(limit, 1)};
    if (!store.empty()) {
        sql += " WHERE store_id = $2";
        values.emplace_back(store);
    }
    sql += " ORDER BY id DESC LIMIT $1";
    return fetch(session_.connection, sql, std::span<const Value>(values),
                 [](Reader& row) -> Result<app::AuditEntry> {
                     app::AuditEntry entry;
                     entry.actor = row.text();
                     entry.action = row.text();
                     entry.store_id = row.text();
                     entry.reason = row.text();
                     entry.request_id = row.text();
                     entry.time = row.time();
                     return entry;
                 });
}

}  // namespace souk::sql
