#pragma once

#include "adapters/sql/connection.hpp"
#include "app/ports/database.hpp"

namespace souk::sql {

class SqlSignInTable final : public app::SignInTable {
public:
    explicit SqlSignInTable(const Session& session) : session_(session) {}

    Result<> insert_code(const app::SignInCode& code) override;
    Result<std::optional<app::SignInCode>> take_code(std::string_view hash) override;
    Result<> note_refusal(std::string_view address) override;
    Result<int> count_refusals(std::string_view address, Timestamp since) override;
    Result<int> remove_older_than(Timestamp time, int limit) override;

private:
    const Session& session_;
};

}  // namespace souk::sql
