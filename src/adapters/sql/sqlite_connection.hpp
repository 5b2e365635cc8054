#pragma once

#include "adapters/sql/connection.hpp"

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace souk::sql {

struct SqliteOpen {
    std::string path;                              // or ":memory:"
    std::chrono::milliseconds busy_timeout{5000};  // how long another process may hold the file
};

/// One SQLite connection with its prepared statements. One user at a time, but not always the same thread.
class SqliteConnection final : public Connection {
public:
    /// Sets the pragmas that are per connection (foreign keys, durability, defence against a manipulated
    /// file).
    static Result<std::unique_ptr<SqliteConnection>> open(const SqliteOpen& options);
    ~SqliteConnection() override;
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    Result<> query(std::string_view sql, std::span<const Value> values, const OnRow& on_row) override;
    Result<std::int64_t> execute(std::string_view sql, std::span<const Value> values) override;
    using Connection::execute;
    Result<> run_script(const std::string& sql) override;

    Result<> begin(bool write) override;
    Result<> commit() override;
    void rollback() noexcept override;

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    struct Prepared {
        std::unique_ptr<sqlite3_stmt, Finalize> statement;
        std::vector<std::size_t> parameters;  // position in SQLite -> index of the value
    };
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    explicit SqliteConnection(sqlite3* handle) : handle_(handle) {}
    Result<Prepared*> prepare(std::string_view sql);
    Result<> bind(const Prepared& prepared, std::span<const Value> values);
    Result<> step_all(Prepared& prepared, std::span<const Value> values, const OnRow* on_row);
    Result<> check_transaction() const;
    tl::unexpected<Error> failure(int code);

    sqlite3* handle_;
    std::unordered_map<std::string, Prepared, TextHash, std::equal_to<>> prepared_;
    bool in_transaction_ = false;
    bool broken_ = false;
    bool query_only_ = false;
};

/// What a result code of SQLite means to a caller. `message` is SQLite's own (it names columns, never
/// contents).
Error sqlite_error(int extended_code, std::string_view message);

}  // namespace souk::sql
