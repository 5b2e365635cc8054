#pragma once

#include "adapters/sql/commit_hook.hpp"
#include "adapters/sql/connection.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace souk::sql {

/// A file of `migrations/`, embedded at build time: "0001_stores.sql", or with ".sqlite.sql" or
/// ".postgres.sql" for one database.
struct MigrationFile {
    std::string_view file;
    std::string_view text;
};

/// In the order of their names. Defined in a generated source.
std::span<const MigrationFile> embedded_migrations();

struct Migration {
    int number = 0;
    std::string name;      // "stores"
    std::string text;      // as this database reads it
    std::string checksum;  // SHA-256 of the file
};

/// Those meant for SQLite, in its dialect. Internal when a name has another form or the numbers are not 1,
/// 2, 3...
Result<std::vector<Migration>> sqlite_migrations(std::span<const MigrationFile> files);

/// The text of both databases as SQLite reads it: BIGINT is INTEGER, BYTEA is BLOB, "/*sqlite X*/" is X.
std::string in_sqlite_dialect(std::string_view text);

/// Applies what is missing, each migration in its own transaction and under the database's lock, so several
/// programs may do it at once. Returns how many it applied. Errors (Internal): "DatabaseNewer" when it holds
/// one that we do not know, "MigrationChanged" when a text is not the one that was applied; nothing is
/// changed then. `hook` may be empty.
Result<int> migrate(Connection& connection, std::span<const Migration> migrations, Timestamp now,
                    const CommitHook& hook = {});

}  // namespace souk::sql
