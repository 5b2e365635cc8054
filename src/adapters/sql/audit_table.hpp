#pragma once

#include "adapters/sql/connection.hpp"
#include "app/ports/database.hpp"

namespace souk::sql {

class SqlAuditTable final : public app::AuditTable {
public:
    explicit SqlAuditTable(const Session& session) : session_(session) {}

    Result<> append(const app::AuditEntry& entry) override;
    /// Newest first; an empty store lists all.
    Result<std::vector<app::AuditEntry>> list(std::string_view store, int limit) override;

private:
    const Session& session_;
};

}  // namespace souk::sql
