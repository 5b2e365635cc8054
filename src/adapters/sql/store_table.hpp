#pragma once

#include "adapters/sql/connection.hpp"
#include "app/ports/database.hpp"

#include <vector>

namespace souk::sql {

class SqlStoreTable final : public app::StoreTable {
public:
    explicit SqlStoreTable(const Session& session) : session_(session) {}

    Result<> insert(const Store& store) override;
    Result<Store> load(const StoreId& id) override;
    Result<std::optional<Store>> find_by_slug(std::string_view team, std::string_view slug) override;
    Result<std::optional<Store>> find_by_name(std::string_view team, std::string_view name) override;
    Result<bool> slug_taken(std::string_view slug) override;
    /// InvalidInput when `after_key` does not fit the sort. A limit under 1 reads as 1.
    Result<std::vector<Place>> living_places() override;
    Result<std::vector<app::ListedStore>> list(const app::StoreQuery& query) override;
    Result<> update(Store& store, const Lease* lease) override;
    Result<Counts> count(std::string_view team) override;
    Result<Counts> count_all() override;
    Result<std::vector<TeamLine>> line_before(const StoreId& store, Timestamp since) override;
    Result<std::vector<PhaseCount>> count_by_engine_and_phase() override;
    Result<int> extend_deadlines() override;

private:
    Result<> explain_lost_update(const Store& store);

    const Session& session_;
};

/// The statement of a list and its values; separate so that a test can ask the database for its plan.
struct StoreListStatement {
    std::string sql;
    std::vector<std::string> texts;  // the patterns and phases that `values` looks at
    std::vector<Value> values;
};
Result<std::unique_ptr<StoreListStatement>> store_list_statement(const app::StoreQuery& query);

}  // namespace souk::sql
