#include "adapters/sql/token_table.hpp"

namespace souk::sql {

Result<> SqlTokenTable::insert(const app::Token& token) {
    return as_done(session_.connection.execute(
        "INSERT INTO tokens (id, hash, user_name, team, role, created, last_used) VALUES ($1, $2, $3, $4, "
        "$5, $6, $7)",
        {token.id.str(), token.hash, token.user, token.team, token.role, token.created, token.last_used}));
}

Result<std::optional<app::Token>> SqlTokenTable::find_by_hash(std::string_view hash) {
    return fetch_one(session_.connection,
                     "SELECT id, hash, user_name, team, role, created, last_used FROM tokens WHERE hash = $1",
                     {hash}, [](Reader& row) -> Result<app::Token> {
                         auto id = TokenId::parse(row.text());
                         if (!id) {
                             return fail(ErrorCode::Internal,
                                         "a token has an id that this version cannot read", "UnreadableRow");
                         }
                         app::Token token{.id = std::move(*id), .hash = row.text()};
                         token.user = row.text();
                         token.team = row.text();
                         token.role = row.text();
                         token.created = row.time();
                         token.last_used = row.maybe_time();
                         return token;
                     });
}

Result<bool> SqlTokenTable::any() {
    const auto count =
        fetch_number(session_.connection, "SELECT count(*) FROM (SELECT 1 FROM tokens LIMIT 1) AS first", {});
    if (!count) {
        return forward(count);
    }
    return *count > 0;
}

Result<> SqlTokenTable::touch(const TokenId& id) {
    const auto changed = session_.connection.execute("UPDATE tokens SET last_used = $1 WHERE id = $2",
                                                     {session_.now, id.str()});
    if (!changed) {
        return forward(changed);
    }
    if (*changed == 0) {
        return fail(ErrorCode::NotFound, "there is no such token");
    }
    return {};
}

}  // namespace souk::sql
