#pragma once

#include "adapters/sql/connection.hpp"
#include "app/ports/database.hpp"

namespace souk::sql {

class SqlIdempotencyTable final : public app::IdempotencyTable {
public:
    explicit SqlIdempotencyTable(const Session& session) : session_(session) {}

    Result<std::optional<app::StoredAnswer>> find(std::string_view scope, std::string_view key) override;
    /// Reason "KeyUsed". The age counts from the transaction's now.
    Result<> insert(std::string_view scope, std::string_view key, const app::StoredAnswer& answer) override;
    Result<int> remove_older_than(Timestamp time, int limit) override;

private:
    const Session& session_;
};

}  // namespace souk::sql
