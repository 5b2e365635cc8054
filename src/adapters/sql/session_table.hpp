#pragma once

#include "adapters/sql/connection.hpp"
#include "app/ports/database.hpp"

namespace souk::sql {

class SqlSessionTable final : public app::SessionTable {
public:
    explicit SqlSessionTable(const Session& session) : session_(session) {}

    Result<> insert(const app::Session& session) override;
    Result<std::optional<app::Session>> find_by_hash(std::string_view hash) override;
    Result<std::vector<app::Session>> list(std::string_view user) override;
    Result<bool> touch(const SessionId& id, Timestamp expires) override;
    Result<bool> remove(const SessionId& id, std::string_view user) override;
    Result<int> remove_expired(int limit) override;

private:
    const Session& session_;
};

}  // namespace souk::sql
