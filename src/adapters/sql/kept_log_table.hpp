#pragma once

#include "adapters/sql/connection.hpp"
#include "app/ports/database.hpp"

namespace souk::sql {

/// Texts are kept compressed.
class SqlKeptLogTable final : public app::KeptLogTable {
public:
    explicit SqlKeptLogTable(const Session& session) : session_(session) {}

    /// The `store_id` of the entries is not looked at.
    Result<> replace(const StoreId& store, const std::vector<app::KeptLog>& logs) override;
    /// In the order they were given.
    Result<std::vector<app::KeptLog>> list(const StoreId& store) override;
    Result<int> remove_older_than(Timestamp time, int limit) override;

private:
    const Session& session_;
};

}  // namespace souk::sql
