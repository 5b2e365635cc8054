#pragma once

#include "adapters/sql/connection.hpp"
#include "app/ports/database.hpp"

namespace souk::sql {

class SqlTokenTable final : public app::TokenTable {
public:
    explicit SqlTokenTable(const Session& session) : session_(session) {}

    /// Conflict with reason "TokenExists" when the hash is known.
    Result<> insert(const app::Token& token) override;
    Result<std::optional<app::Token>> find_by_hash(std::string_view hash) override;
    Result<bool> any() override;
    /// Sets `last_used` to the transaction's now. NotFound.
    Result<> touch(const TokenId& id) override;

private:
    const Session& session_;
};

}  // namespace souk::sql
