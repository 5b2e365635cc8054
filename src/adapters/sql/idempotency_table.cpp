#include "adapters/sql/idempotency_table.hpp"

namespace souk::sql {

Result<std::optional<app::StoredAnswer>> SqlIdempotencyTable::find(std::string_view scope,
                                                                   std::string_view key) {
    return fetch_one(session_.connection,
                     "SELECT fingerprint, status, body, location, etag FROM idempotency WHERE scope = $1 AND "
                     "idem_key = $2",
                     {scope, key}, [](Reader& row) -> Result<app::StoredAnswer> {
                         app::StoredAnswer answer;
                         answer.fingerprint = row.text();
                         answer.status = row.small();
                         answer.body = row.text();
                         answer.location = row.text();
                         answer.etag = row.text();
                         return answer;
                     });
}

Result<> SqlIdempotencyTable::insert(std::string_view scope, std::string_view key,
                                     const app::StoredAnswer& answer) {
    return as_done(session_.connection.execute(
        "INSERT INTO idempotency (scope, idem_key, fingerprint, status, body, location, etag, created) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        {scope, key, answer.fingerprint, answer.status, answer.body, answer.location, answer.etag,
         session_.now}));
}

Result<int> SqlIdempotencyTable::remove_older_than(Timestamp time, int limit) {
    return as_count(session_.connection.execute(
        "DELETE FROM idempotency WHERE (scope, idem_key) IN (SELECT scope, idem_key FROM idempotency "
        "WHERE created < $1 ORDER BY created LIMIT $2)",
        {time, limit}));
}

}  // namespace souk::sql
