#pragma once

#include "adapters/sql/connection_pool.hpp"
#include "adapters/sql/sql_transaction.hpp"
#include "app/ports/database.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace souk::sql {

struct SqliteOptions {
    int read_connections = 4;
    /// How long `begin` waits for a connection, and then for another process that holds the file.
    std::chrono::milliseconds wait{5000};
    /// Shifts the database's clock (tests). Empty: no shift. Thread-safe.
    std::function<std::chrono::microseconds()> clock_offset = {};
    /// Fault points. Empty: none. Thread-safe.
    CommitHook commit_hook = {};
};

/// The embedded database: one file, one process. One writer at a time in the order of asking, readers beside
/// it on snapshots. Thread-safe; outlives its transactions. A thread that begins a write inside a write waits
/// in vain: Timeout.
class SqliteDatabase final : public app::Database {
public:
    /// Makes the file (mode 0600; its folder must exist) or takes group's and others' rights away, and
    /// applies missing migrations. ":memory:" is one connection for readers and writers, so a read inside a
    /// write is a Timeout there. Errors: Unavailable (cannot be opened), Internal ("DatabaseNewer",
    /// "MigrationChanged", "DatabaseDamaged").
    static Result<std::unique_ptr<SqliteDatabase>> open(const std::string& path, SqliteOptions options = {});

    Result<std::unique_ptr<app::Transaction>> begin(app::Access access) override;
    Result<std::chrono::microseconds> ping() override;
    /// Write: capacity 1, its waits are the writers' queue. In memory both are the same pool.
    app::ConnectionCounts connections(app::Access access) const override;

private:
    SqliteDatabase(const std::string& path, SqliteOptions options);
    ConnectionPool& pool(app::Access access);
    Timestamp clock() const;

    const SqliteOptions options_;
    const bool in_memory_;
    ConnectionPool writer_;
    ConnectionPool readers_;
};

}  // namespace souk::sql
