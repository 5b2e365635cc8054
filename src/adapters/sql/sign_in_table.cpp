#include "adapters/sql/sign_in_table.hpp"

namespace souk::sql {

Result<> SqlSignInTable::insert_code(const app::SignInCode& code) {
    return as_done(session_.connection.execute(
        "INSERT INTO sign_in_codes (hash, user_name, team, role, expires) VALUES ($1, $2, $3, $4, $5)",
        {code.hash, code.user, code.team, code.role, code.expires}));
}

Result<std::optional<app::SignInCode>> SqlSignInTable::take_code(std::string_view hash) {
    return fetch_one(session_.connection,
                     "DELETE FROM sign_in_codes WHERE hash = $1 AND expires > $2 "
                     "RETURNING hash, user_name, team, role, expires",
                     {hash, session_.now}, [](Reader& row) -> Result<app::SignInCode> {
                         app::SignInCode code;
                         code.hash = row.text();
                         code.user = row.text();
                         code.team = row.text();
                         code.role = row.text();
                         code.expires = row.time();
                         return code;
                     });
}

Result<> SqlSignInTable::note_refusal(std::string_view address) {
    return as_done(session_.connection.execute("INSERT INTO sign_in_refusals (address, time) VALUES ($1, $2)",
                                               {address, session_.now}));
}

Result<int> SqlSignInTable::count_refusals(std::string_view address, Timestamp since) {
    return as_count(fetch_number(session_.connection,
                                 "SELECT count(*) FROM sign_in_refusals WHERE address = $1 AND time > $2",
                                 {address, since}));
}

Result<int> SqlSignInTable::remove_older_than(Timestamp time, int limit) {
    auto refusals = as_count(session_.connection.execute(
        "DELETE FROM sign_in_refusals WHERE (address, time) IN (SELECT address, time FROM sign_in_refusals "
        "WHERE time < $1 ORDER BY time LIMIT $2)",
        {time, limit}));
    if (!refusals) {
        return refusals;
    }
    const auto codes = as_count(session_.connection.execute(
        "DELETE FROM sign_in_codes WHERE hash IN (SELECT hash FROM sign_in_codes WHERE expires < $1 "
        "ORDER BY expires LIMIT $2)",
        {time, limit}));
    if (!codes) {
        return codes;
    }
    return *refusals + *codes;
}

}  // namespace souk::sql
