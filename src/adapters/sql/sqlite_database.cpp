#include "adapters/sql/sqlite_database.hpp"

#include "adapters/sql/migrations.hpp"
#include "adapters/sql/sqlite_connection.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace souk::sql {
namespace {

constexpr std::string_view kMemory = ":memory:";

/// SQLite would make the file with the process's umask; its -wal and -shm files copy the mode of the main
/// file.
Result<> prepare_file(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file >= 0) {
        ::close(file);
        return {};
    }
    // Not opened again when it exists: closing it would drop the locks of a connection that this process has.
    if (errno != EEXIST) {
        return fail(
            ErrorCode::Unavailable,
            "the database file " + path + " cannot be made: check that its folder exists and is writable",
            "DatabaseUnavailable");
    }
    struct stat info{};
    if (::stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) {
        return fail(ErrorCode::Unavailable, "the database " + path + " is not a file", "DatabaseUnavailable");
    }
    const bool open_to_others = (info.st_mode & (S_IRWXG | S_IRWXO)) != 0;
    if (open_to_others && ::chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0) {
        return fail(ErrorCode::Unavailable,
                    "the database file " + path + " is open to others and its mode cannot be changed to 0600",
                    "DatabaseUnavailable");
    }
    return {};
}

ConnectionPool::Make maker(const std::string& path, std::chrono::milliseconds wait) {
    return [path, wait]() -> Result<std::unique_ptr<Connection>> {
        return SqliteConnection::open({.path = path, .busy_timeout = wait});
    };
}

}  // namespace

SqliteDatabase::SqliteDatabase(const std::string& path, SqliteOptions options)
    : options_(std::move(options)),
      in_memory_(path == kMemory),
      writer_(1, maker(path, options_.wait)),
      readers_(std::max(options_.read_connections, 1), maker(path, options_.wait)) {}

Result<std::unique_ptr<SqliteDatabase>> SqliteDatabase::open(const std::string& path, SqliteOptions options) {
    if (path != kMemory) {
        if (auto ready = prepare_file(path); !ready) {
            return forward(std::move(ready));
        }
    }
    const auto migrations = sqlite_migrations(embedded_migrations());
    if (!migrations) {
        return forward(migrations);
    }
    std::unique_ptr<SqliteDatabase> database(new SqliteDatabase(path, std::move(options)));
    const auto connection = database->writer_.take(database->options_.wait);
    if (!connection) {
        return forward(connection);
    }
    if (auto done = migrate(**connection, *migrations, database->clock(), database->options_.commit_hook);
        !done) {
        return tl::unexpected(std::move(done).error().within("prepare the database"));
    }
    return database;
}

ConnectionPool& SqliteDatabase::pool(app::Access access) {
    return access == app::Access::Write || in_memory_ ? writer_ : readers_;
}

Timestamp SqliteDatabase::clock() const {
    // SQLite runs inside this process, so the system's clock is the database's.
    const auto now =
        std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    return options_.clock_offset ? now + options_.clock_offset() : now;
}

Result<std::unique_ptr<app::Transaction>> SqliteDatabase::begin(app::Access access) {
    auto connection = pool(access).take(options_.wait);
    if (!connection) {
        return forward(std::move(connection));
    }
    if (auto begun = (*connection)->begin(access == app::Access::Write); !begun) {
        return forward(std::move(begun));
    }
    // Read after the lock is had, so that the times of writers are in the order of their commits.
    return std::make_unique<SqlTransaction>(std::move(*connection), clock(), options_.commit_hook);
}

Result<std::chrono::microseconds> SqliteDatabase::ping() {
    const auto start = std::chrono::steady_clock::now();
    auto connection = pool(app::Access::Read).take(options_.wait);
    if (!connection) {
        return forward(std::move(connection));
    }
    // Looks into the file, which `SELECT 1` would not.
    if (auto answer = fetch_number(**connection, "SELECT max(number) FROM schema_migrations", {}); !answer) {
        return forward(std::move(answer));
    }
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
}

app::ConnectionCounts SqliteDatabase::connections(app::Access access) const {
    const PoolStats pool = access == app::Access::Write || in_memory_ ? writer_.stats() : readers_.stats();
    return {pool.capacity, pool.open, pool.in_use, pool.waiting, pool.timeouts};
}

}  // namespace souk::sql
