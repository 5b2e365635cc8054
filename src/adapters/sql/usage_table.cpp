#include "adapters/sql/usage_table.hpp"

#include <algorithm>

namespace souk::sql {
namespace {

Result<UsageSample> read_sample(Reader& row) {
    return UsageSample{.time = row.time(),  // braces are read from left to right
                       .cpu_millicores = row.integer(),
                       .memory_bytes = row.integer(),
                       .storage_bytes = row.integer(),
                       .pods = row.small()};
}

}  // namespace

Result<> SqlUsageTable::add(const StoreId& store, const UsageSample& sample) {
    return as_done(session_.connection.execute(
        "INSERT INTO usage_samples (time, store_id, cpu_millicores, memory_bytes, storage_bytes, pods) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
        {sample.time, store.str(), sample.cpu_millicores, sample.memory_bytes, sample.storage_bytes,
         sample.pods}));
}

Result<std::vector<UsageSample>> SqlUsageTable::list(const StoreId& store, Timestamp since, Timestamp until,
                                                     int most) {
    // Rounds that are at least a stride apart: each is one look into the index, however many there are.
    const std::int64_t stride =
        std::max<std::int64_t>((to_micros(until) - to_micros(since)) / (std::max(most, 2) - 1), 1);
    return fetch(
        session_.connection,
        "WITH RECURSIVE rounds (time) AS (SELECT min(time) FROM usage_samples WHERE time >= $1 UNION "
        "ALL SELECT (SELECT min(u.time) FROM usage_samples AS u WHERE u.time >= rounds.time + $3) "
        "FROM rounds WHERE rounds.time < $2) "
        "SELECT s.time, s.cpu_millicores, s.memory_bytes, s.storage_bytes, s.pods FROM rounds JOIN "
        "usage_samples AS s ON s.time = rounds.time AND s.store_id = $4 WHERE s.time < $2 ORDER BY s.time",
        {since, until, stride, store.str()}, read_sample);
}

Result<std::optional<UsageSample>> SqlUsageTable::newest_sum(std::string_view team, Timestamp since) {
    auto sum =
        fetch_one(session_.connection,
                  "SELECT max(s.time), sum(s.cpu_millicores), sum(s.memory_bytes), "
                  "sum(s.storage_bytes), sum(s.pods) FROM usage_samples AS s JOIN stores ON stores.id = "
                  "s.store_id WHERE s.time = (SELECT max(time) FROM usage_samples) AND s.time >= $2 AND "
                  "stores.team = $1 AND stores.living = 1 HAVING count(*) > 0",
                  {team, since}, read_sample);
    return sum;
}

Result<int> SqlUsageTable::remove_older_than(Timestamp time, int limit) {
    return as_count(session_.connection.execute(
        "DELETE FROM usage_samples WHERE (time, store_id) IN (SELECT time, store_id FROM usage_samples "
        "WHERE time < $1 ORDER BY time LIMIT $2)",
        {time, limit}));
}

}  // namespace souk::sql
