#include "adapters/sql/migrations.hpp"

#include "runtime/crypto/hash.hpp"

#include <algorithm>
#include <charconv>

namespace souk::sql {
namespace {

constexpr std::string_view kSuffix = ".sql";
constexpr std::string_view kSqliteSuffix = ".sqlite.sql";
constexpr std::string_view kPostgresSuffix = ".postgres.sql";
constexpr std::size_t kDigits = 4;

struct Applied {
    std::int64_t number;
    std::string name;
    std::string checksum;
};

void replace_all(std::string& text, std::string_view what, std::string_view by) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
        text.replace(at, what.size(), by);
    }
}

Result<Migration> parse_file(const MigrationFile& file, std::string_view suffix) {
    const std::string_view stem = file.file.substr(0, file.file.size() - suffix.size());
    int number = 0;
    const bool numbered =
        stem.size() > kDigits + 1 && stem[kDigits] == '_' &&
        std::from_chars(stem.data(), stem.data() + kDigits, number).ptr == stem.data() + kDigits;
    if (!numbered) {
        return fail(ErrorCode::Internal,
                    "a migration must be named 0001_name.sql, not " + std::string(file.file));
    }
    return Migration{number, std::string(stem.substr(kDigits + 1)), in_sqlite_dialect(file.text),
                     runtime::sha256_hex(file.text)};
}

Result<std::vector<Applied>> load_applied(Connection& connection) {
    return fetch(connection, "SELECT number, name, checksum FROM schema_migrations ORDER BY number", {},
                 [](Reader& row) -> Result<Applied> {
                     const std::int64_t number = row.integer();
                     std::string name = row.text();
                     return Applied{number, std::move(name), row.text()};
                 });
}

Result<> check(const std::vector<Applied>& applied, std::span<const Migration> known) {
    for (const Applied& done : applied) {
        const auto same = std::find_if(known.begin(), known.end(),
                                       [&](const Migration& m) { return m.number == done.number; });
        if (same == known.end()) {
            return fail(ErrorCode::Internal,
                        "the database was made by a newer version (migration " + std::to_string(done.number) +
                            " " + done.name +
                            "): run that version, or restore the backup made before the upgrade",
                        "DatabaseNewer");
        }
        if (same->checksum != done.checksum) {
            return fail(ErrorCode::Internal,
                        "migration " + std::to_string(done.number) + " " + done.name +
                            " is not the text that this database was made with: a released migration must "
                            "not be changed",
                        "MigrationChanged");
        }
    }
    return {};
}

/// One turn inside a transaction: looks again, because another program may have been faster. The number of
/// the migration that was applied; 0: nothing is missing.
Result<int> apply_next(Connection& connection, std::span<const Migration> migrations, Timestamp now) {
    if (auto made = connection.run_script(
            "CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER NOT NULL PRIMARY KEY, "
            "name TEXT NOT NULL, checksum TEXT NOT NULL, applied INTEGER NOT NULL) STRICT");
        !made) {
        return forward(made);
    }
    const auto applied = load_applied(connection);
    if (!applied) {
        return forward(applied);
    }
    if (auto good = check(*applied, migrations); !good) {
        return forward(good);
    }
    const auto next = std::find_if(migrations.begin(), migrations.end(), [&](const Migration& m) {
        return std::none_of(applied->begin(), applied->end(),
                            [&](const Applied& done) { return done.number == m.number; });
    });
    if (next == migrations.end()) {
        return 0;
    }
    const std::string doing = "migration " + std::to_string(next->number) + " " + next->name;
    if (auto done = connection.run_script(next->text); !done) {
        return tl::unexpected(std::move(done).error().within(doing));
    }
    const auto noted = connection.execute(
        "INSERT INTO schema_migrations (number, name, checksum, applied) VALUES ($1, $2, $3, $4)",
        {next->number, next->name, next->checksum, now});
    if (!noted) {
        return forward(noted);
    }
    return next->number;
}

/// Ends a turn: commits the migration of that number.
Result<> commit_migration(Connection& connection, int number, const CommitHook& hook) {
    const std::string name = "migration/" + std::to_string(number);
    if (hook) {
        hook(name, CommitMoment::Before);
    }
    auto done = connection.commit();
    if (done && hook) {
        hook(name, CommitMoment::After);
    }
    return done;
}

}  // namespace

std::string in_sqlite_dialect(std::string_view text) {
    std::string out(text);
    replace_all(out, "BIGINT", "INTEGER");
    replace_all(out, "BYTEA", "BLOB");
    constexpr std::string_view open = "/*sqlite ";
    for (auto at = out.find(open); at != std::string::npos; at = out.find(open, at)) {
        const auto close = out.find("*/", at);
        if (close == std::string::npos) {
            break;
        }
        out.erase(close, 2);
        out.replace(at, open.size(), " ");
    }
    return out;
}

Result<std::vector<Migration>> sqlite_migrations(std::span<const MigrationFile> files) {
    std::vector<Migration> out;
    for (const MigrationFile& file : files) {
        if (file.file.ends_with(kPostgresSuffix)) {
            continue;
        }
        const std::string_view suffix = file.file.ends_with(kSqliteSuffix) ? kSqliteSuffix : kSuffix;
        auto migration = parse_file(file, suffix);
        if (!migration) {
            return forward(std::move(migration));
        }
        if (migration->number != static_cast<int>(out.size()) + 1) {
            return fail(ErrorCode::Internal,
                        "migrations must be numbered 1, 2, 3...: " + std::string(file.file));
        }
        out.push_back(std::move(*migration));
    }
    return out;
}

Result<int> migrate(Connection& connection, std::span<const Migration> migrations, Timestamp now,
                    const CommitHook& hook) {
    for (int count = 0;; ++count) {
        if (auto begun = connection.begin(true); !begun) {
            return forward(std::move(begun));
        }
        const auto applied = apply_next(connection, migrations, now);
        if (!applied || *applied == 0) {
            connection.rollback();
            return applied ? Result<int>(count) : forward(applied);
        }
        if (auto done = commit_migration(connection, *applied, hook); !done) {
            connection.rollback();
            return forward(std::move(done));
        }
    }
}

}  // namespace souk::sql
