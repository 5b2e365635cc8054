#pragma once

#include "adapters/sql/connection.hpp"
#include "app/ports/database.hpp"

namespace souk::sql {

class SqlOperationTable final : public app::OperationTable {
public:
    explicit SqlOperationTable(const Session& session) : session_(session) {}

    Result<> insert(const Operation& operation) override;
    Result<Operation> load(const OperationId& id) override;
    Result<std::optional<Operation>> find_running(const StoreId& store) override;
    Result<std::optional<Operation>> find_latest(const StoreId& store) override;
    /// NotFound when there is no such row. Kind, store, team, requester and creation time stay as they are.
    Result<> update(const Operation& operation) override;
    Result<std::vector<Operation>> list(const app::OperationFilter& filter, int limit,
                                        std::optional<Timestamp> before, std::string_view before_id) override;
    Result<int> remove_ended_before(Timestamp time, int limit) override;

private:
    const Session& session_;
};

}  // namespace souk::sql
