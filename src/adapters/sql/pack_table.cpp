#include "adapters/sql/pack_table.hpp"

namespace souk::sql {

Result<bool> SqlPackTable::has(std::string_view digest) {
    const auto count =
        fetch_number(session_.connection, "SELECT count(*) FROM packs WHERE digest = $1", {digest});
    if (!count) {
        return forward(count);
    }
    return *count > 0;
}

Result<> SqlPackTable::insert(std::string_view digest, std::string_view engine, std::string_view version,
                              std::string_view archive) {
    return as_done(session_.connection.execute(
        "INSERT INTO packs (digest, engine, version, created, archive) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (digest) DO NOTHING",
        {digest, engine, version, session_.now, Bytes{archive}}));
}

Result<std::string> SqlPackTable::load(std::string_view digest) {
    auto archive = fetch_one(session_.connection, "SELECT archive FROM packs WHERE digest = $1", {digest},
                             [](Reader& row) -> Result<std::string> { return row.bytes(); });
    if (!archive) {
        return forward(std::move(archive));
    }
    if (!*archive) {
        return fail(ErrorCode::NotFound, "there is no pack with this digest");
    }
    return std::move(**archive);
}

Result<int> SqlPackTable::remove_unused(Timestamp time, int limit) {
    return as_count(session_.connection.execute(
        "DELETE FROM packs WHERE digest IN (SELECT digest FROM packs WHERE created < $1 AND NOT EXISTS "
        "(SELECT 1 FROM stores WHERE stores.pack_digest = packs.digest AND stores.phase <> 'Deleted') LIMIT "
        "$2)",
        {time, limit}));
}

}  // namespace souk::sql
