#include "adapters/sql/sqlite_connection.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace souk::sql {
namespace {

// The SQL texts of this folder are about a hundred; more means that somebody builds SQL from values.
constexpr std::size_t kMaxPrepared = 256;

class SqliteRow final : public Row {
public:
    explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
    bool is_null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
    std::string_view text(int column) const override { return bytes(column); }
    std::string_view bytes(int column) const override {
        // sqlite3_column_blob gives text as its UTF-8 bytes.
        const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
        const int size = sqlite3_column_bytes(statement_, column);
        return data == nullptr ? std::string_view() : std::string_view(data, static_cast<std::size_t>(size));
    }

private:
    sqlite3_stmt* statement_;
};

/// Ends the use of a statement on every way out; its result code was reported by sqlite3_step already.
class Reset {
public:
    explicit Reset(sqlite3_stmt* statement) : statement_(statement) {}
    ~Reset() {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }
    Reset(const Reset&) = delete;
    Reset& operator=(const Reset&) = delete;

private:
    sqlite3_stmt* statement_;
};

int bind_one(sqlite3_stmt* statement, int position, const Value& value) {
    struct Binder {
        sqlite3_stmt* statement;
        int position;
        int operator()(std::monostate) const { return sqlite3_bind_null(statement, position); }
        int operator()(std::int64_t number) const { return sqlite3_bind_int64(statement, position, number); }
        // Static: the statement is stepped to its end and unbound before the caller's text goes away. An
        // empty view may have no address, which SQLite would take for NULL.
        int operator()(std::string_view text) const {
            const char* data = text.data() == nullptr ? "" : text.data();
            return sqlite3_bind_text64(statement, position, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
        }
        int operator()(Bytes bytes) const {
            const char* data = bytes.view.data() == nullptr ? "" : bytes.view.data();
            return sqlite3_bind_blob64(statement, position, data, bytes.view.size(), SQLITE_STATIC);
        }
    };
    return std::visit(Binder{statement, position}, value.held());
}

}  // namespace

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const SqliteOpen& options) {
    sqlite3* handle = nullptr;
    // No mutex inside SQLite: the pools give a connection to one user at a time.
    const int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(options.path.c_str(), &handle, flags, nullptr);
    std::unique_ptr<SqliteConnection> connection(new SqliteConnection(handle));
    if (code != SQLITE_OK) {
        return tl::unexpected(sqlite_error(code, handle == nullptr ? "out of memory" : sqlite3_errmsg(handle))
                                  .within("open the database"));
    }
    const auto wait =
        std::clamp<std::int64_t>(options.busy_timeout.count(), 0, std::numeric_limits<int>::max());
    sqlite3_busy_timeout(handle, static_cast<int>(wait));
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    // FULL, not NORMAL: a commit that was answered (202, "helm was called") must survive a power cut. NORMAL
    // would keep the file whole but could lose the last commits.
    const std::string pragmas =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
        "PRAGMA cache_size=-16384; PRAGMA journal_size_limit=67108864; PRAGMA cell_size_check=ON;";
    if (auto set = connection->run_script(pragmas); !set) {
        return tl::unexpected(std::move(set).error().within("open the database"));
    }
    return connection;
}

SqliteConnection::~SqliteConnection() {
    rollback();
    prepared_.clear();
    sqlite3_close_v2(handle_);
}

Result<SqliteConnection::Prepared*> SqliteConnection::prepare(std::string_view sql) {
    if (const auto found = prepared_.find(sql); found != prepared_.end()) {
        return &found->second;
    }
    if (prepared_.size() >= kMaxPrepared) {
        prepared_.clear();
    }
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    Prepared prepared{std::unique_ptr<sqlite3_stmt, Finalize>(statement), {}};
    if (code != SQLITE_OK) {
        return failure(code);
    }
    // To SQLite "$2" is a name and its position that of its first use; to us and PostgreSQL it is the second
    // value.
    for (int position = 1; position <= sqlite3_bind_parameter_count(statement); ++position) {
        const char* name = sqlite3_bind_parameter_name(statement, position);
        const std::string_view text = name == nullptr ? std::string_view() : std::string_view(name);
        std::size_t number = 0;
        if (text.size() < 2 ||
            std::from_chars(text.data() + 1, text.data() + text.size(), number).ec != std::errc() ||
            number == 0) {
            return fail(ErrorCode::Internal, "a parameter of an SQL text is not of the form $1");
        }
        prepared.parameters.push_back(number - 1);
    }
    return &prepared_.emplace(std::string(sql), std::move(prepared)).first->second;
}

Result<> SqliteConnection::bind(const Prepared& prepared, std::span<const Value> values) {
    for (std::size_t i = 0; i < prepared.parameters.size(); ++i) {
        if (prepared.parameters[i] >= values.size()) {
            return fail(ErrorCode::Internal, "an SQL text has more parameters than values");
        }
        const int code =
            bind_one(prepared.statement.get(), static_cast<int>(i) + 1, values[prepared.parameters[i]]);
        if (code != SQLITE_OK) {
            return failure(code);
        }
    }
    return {};
}

Result<> SqliteConnection::step_all(Prepared& prepared, std::span<const Value> values, const OnRow* on_row) {
    sqlite3_stmt* statement = prepared.statement.get();
    const Reset reset(statement);
    if (auto bound = bind(prepared, values); !bound) {
        return bound;
    }
    const SqliteRow row(statement);
    for (;;) {
        const int code = sqlite3_step(statement);
        if (code == SQLITE_DONE) {
            return {};
        }
        if (code != SQLITE_ROW) {
            return failure(code);
        }
        if (on_row != nullptr) {
            if (auto taken = (*on_row)(row); !taken) {
                return taken;
            }
        }
    }
}

Result<> SqliteConnection::query(std::string_view sql, std::span<const Value> values, const OnRow& on_row) {
    if (auto ok = check_transaction(); !ok) {
        return ok;
    }
    auto prepared = prepare(sql);
    if (!prepared) {
        return forward(std::move(prepared));
    }
    return step_all(**prepared, values, &on_row);
}

Result<std::int64_t> SqliteConnection::execute(std::string_view sql, std::span<const Value> values) {
    if (auto ok = check_transaction(); !ok) {
        return forward(std::move(ok));
    }
    auto prepared = prepare(sql);
    if (!prepared) {
        return forward(std::move(prepared));
    }
    if (auto done = step_all(**prepared, values, nullptr); !done) {
        return forward(std::move(done));
    }
    return sqlite3_changes64(handle_);
}

Result<> SqliteConnection::run_script(const std::string& sql) {
    const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? Result<>() : failure(code);
}

Result<> SqliteConnection::begin(bool write) {
    if (query_only_ == write) {  // only in memory one connection serves both
        if (auto set = run_script(write ? "PRAGMA query_only=OFF" : "PRAGMA query_only=ON"); !set) {
            return set;
        }
        query_only_ = !write;
    }
    auto begun = run_script(write ? "BEGIN IMMEDIATE" : "BEGIN DEFERRED");
    in_transaction_ = begun.has_value();
    broken_ = false;
    return begun;
}

Result<> SqliteConnection::commit() {
    if (auto ok = check_transaction(); !ok) {
        return ok;
    }
    auto done = run_script("COMMIT");
    in_transaction_ = !done;
    return done;
}

void SqliteConnection::rollback() noexcept {
    if (handle_ != nullptr && sqlite3_get_autocommit(handle_) == 0) {
        // Cannot fail in a way that leaves the transaction open, except for I/O errors, which roll back by
        // themselves.
        sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
    }
    in_transaction_ = false;
    broken_ = false;
}

Result<> SqliteConnection::check_transaction() const {
    if (!in_transaction_) {
        return {};
    }
    if (sqlite3_get_autocommit(handle_) != 0) {
        return fail(ErrorCode::Unavailable, "the database has rolled this transaction back");
    }
    if (broken_) {
        return fail(ErrorCode::Internal, "this transaction failed and can only be rolled back");
    }
    return {};
}

tl::unexpected<Error> SqliteConnection::failure(int code) {
    Error error = sqlite_error(code, sqlite3_errmsg(handle_));
    if (error.code != ErrorCode::Conflict) {
        broken_ = true;
    }
    return tl::unexpected(std::move(error));
}

}  // namespace souk::sql
