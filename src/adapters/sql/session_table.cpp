#include "adapters/sql/session_table.hpp"

namespace souk::sql {
namespace {

constexpr std::string_view kColumns =
    "SELECT id, hash, user_name, team, role, address, agent, created, last_used, expires FROM sessions ";

Result<app::Session> read_session(Reader& row) {
    auto id = SessionId::parse(row.text());
    if (!id) {
        return fail(ErrorCode::Internal, "a session has an id that this version cannot read",
                    "UnreadableRow");
    }
    app::Session session{.id = std::move(*id), .hash = row.text(), .address = {}, .agent = {}};
    session.user = row.text();
    session.team = row.text();
    session.role = row.text();
    session.address = row.text();
    session.agent = row.text();
    session.created = row.time();
    session.last_used = row.time();
    session.expires = row.time();
    return session;
}

}  // namespace

Result<> SqlSessionTable::insert(const app::Session& session) {
    return as_done(session_.connection.execute(
        "INSERT INTO sessions (id, hash, user_name, team, role, address, agent, created, last_used, expires) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        {session.id.str(), session.hash, session.user, session.team, session.role, session.address,
         session.agent, session.created, session.last_used, session.expires}));
}

Result<std::optional<app::Session>> SqlSessionTable::find_by_hash(std::string_view hash) {
    static const std::string sql = std::string(kColumns) + "WHERE hash = $1 AND expires > $2";
    return fetch_one(session_.connection, sql, {hash, session_.now}, read_session);
}

Result<std::vector<app::Session>> SqlSessionTable::list(std::string_view user) {
    static const std::string sql =
        std::string(kColumns) +
        "WHERE user_name = $1 AND expires > $2 ORDER BY created DESC, id DESC LIMIT 1000";
    return fetch(session_.connection, sql, {user, session_.now}, read_session);
}

Result<bool> SqlSessionTable::touch(const SessionId& id, Timestamp expires) {
    return session_.connection
        .execute("UPDATE sessions SET last_used = $1, expires = $2 WHERE id = $3",
                 {session_.now, expires, id.str()})
        .map([](std::int64_t rows) { return rows > 0; });
}

Result<bool> SqlSessionTable::remove(const SessionId& id, std::string_view user) {
    return session_.connection
        .execute("DELETE FROM sessions WHERE id = $1 AND user_name = $2", {id.str(), user})
        .map([](std::int64_t rows) { return rows > 0; });
}

Result<int> SqlSessionTable::remove_expired(int limit) {
    return as_count(
        session_.connection.execute("DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires "
                                    "<= $1 ORDER BY expires LIMIT $2)",
                                    {session_.now, limit}));
}

}  // namespace souk::sql
