#include "adapters/sql/stats_table.hpp"

#include "adapters/sql/json_columns.hpp"

namespace souk::sql {
namespace {

tl::unexpected<Error> unreadable(std::string_view what) {
    return fail(ErrorCode::Internal,
                "a store in the database has a " + std::string(what) + " that this version cannot read",
                "UnreadableRow");
}

}  // namespace

Result<std::vector<app::StatsTable::StoreCount>> SqlStatsTable::count_living(std::string_view team) {
    return fetch(session_.connection,
                 "SELECT engine, phase, plan, count(*) FROM stores WHERE team = $1 AND living = 1 "
                 "GROUP BY engine, phase, plan ORDER BY engine, phase, plan",
                 {team}, [](Reader& row) -> Result<StoreCount> {
                     std::string engine = row.text();
                     const auto phase = parse_phase(row.text());
                     if (!phase) {
                         return unreadable("phase");
                     }
                     std::string plan = row.text();
                     return StoreCount{std::move(engine), *phase, std::move(plan), row.integer()};
                 });
}

Result<std::vector<app::StatsTable::Creation>> SqlStatsTable::creations_since(std::string_view team,
                                                                              Timestamp since) {
    return fetch(session_.connection,
                 "SELECT id, engine, first_ready, first_ready - admitted FROM stores WHERE team = $1 AND "
                 "first_ready >= $2 AND admitted <= first_ready ORDER BY first_ready DESC",
                 {team, since}, [](Reader& row) -> Result<Creation> {
                     auto id = StoreId::parse(row.text());
                     if (!id) {
                         return unreadable("id");
                     }
                     std::string engine = row.text();
                     const Timestamp ready = row.time();
                     return Creation{std::move(*id), std::move(engine), ready,
                                     std::chrono::microseconds(row.integer())};
                 });
}

Result<std::vector<StepRecord>> SqlStatsTable::creation_steps(const StoreId& store) {
    auto steps =
        fetch_one(session_.connection,
                  "SELECT steps FROM operations WHERE store_id = $1 AND state = 'succeeded' AND kind "
                  "IN ('store.create', 'store.retry') ORDER BY created, id LIMIT 1",
                  {store.str()}, [](Reader& row) { return steps_from_json(row.text()); });
    if (!steps) {
        return forward(std::move(steps));
    }
    return steps->value_or(std::vector<StepRecord>{});
}

Result<std::vector<app::StatsTable::FailureCount>> SqlStatsTable::count_failures(std::string_view team,
                                                                                 Timestamp since) {
    return fetch(session_.connection,
                 "SELECT stores.engine, coalesce(operations.error_reason, ''), count(*) AS times FROM "
                 "operations JOIN stores ON stores.id = operations.store_id WHERE operations.team = $1 AND "
                 "operations.state = 'failed' AND operations.ended >= $2 GROUP BY stores.engine, "
                 "operations.error_reason ORDER BY times DESC, stores.engine, operations.error_reason",
                 {team, since}, [](Reader& row) -> Result<FailureCount> {
                     std::string engine = row.text();
                     std::string reason = row.text();
                     return FailureCount{std::move(engine), std::move(reason), row.integer()};
                 });
}

}  // namespace souk::sql
