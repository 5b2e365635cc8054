#pragma once

#include "core/common/result.hpp"
#include "core/common/time.hpp"

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace souk::sql {

/// Bytes that are no text (BYTEA, BLOB). A view: valid as long as what it looks at.
struct Bytes {
    std::string_view view;
};

/// One parameter. Holds views: build it in the call, do not keep it.
class Value {
public:
    using Held = std::variant<std::monostate, std::int64_t, std::string_view, Bytes>;

    Value(std::nullopt_t) {}
    template <std::integral T>
    Value(T number) : held_(static_cast<std::int64_t>(number)) {}  // flags become 0 and 1
    Value(std::string_view text) : held_(text) {}
    Value(const std::string& text) : held_(std::string_view(text)) {}
    Value(const char* text) : held_(std::string_view(text)) {}
    Value(Bytes bytes) : held_(bytes) {}
    Value(Timestamp time) : held_(to_micros(time)) {}
    template <class T>
    Value(const std::optional<T>& value) {
        if (value) {
            held_ = Value(*value).held_;
        }
    }

    const Held& held() const { return held_; }

private:
    Held held_;
};

/// The row a statement stands on. Views are valid until the callback returns. A NULL reads as 0 or "".
class Row {
public:
    virtual ~Row() = default;
    virtual bool is_null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual std::string_view text(int column) const = 0;
    virtual std::string_view bytes(int column) const = 0;
};

/// Reads a row's columns from left to right, in the order of the SELECT.
class Reader {
public:
    explicit Reader(const Row& row) : row_(row) {}
    std::int64_t integer() { return row_.integer(next_++); }
    int small() { return static_cast<int>(row_.integer(next_++)); }
    bool flag() { return row_.integer(next_++) != 0; }
    std::string text() { return std::string(row_.text(next_++)); }
    std::string bytes() { return std::string(row_.bytes(next_++)); }
    Timestamp time() { return from_micros(row_.integer(next_++)); }
    std::optional<Timestamp> maybe_time() {
        const int column = next_++;
        return row_.is_null(column) ? std::nullopt : std::optional(from_micros(row_.integer(column)));
    }
    std::optional<std::string> maybe_text() {
        const int column = next_++;
        return row_.is_null(column) ? std::nullopt : std::optional(std::string(row_.text(column)));
    }

private:
    const Row& row_;
    int next_ = 0;
};

/// One connection of one database. Not thread-safe: it has one user at a time. SQL uses $1, $2... and is kept
/// prepared, so its text is a constant or one of few variants, never made of values.
///
/// Errors: a unique constraint is Conflict with the reason the port documents and leaves the transaction
/// usable; after any other error the transaction can only be rolled back. Messages never hold what is in a
/// row.
class Connection {
public:
    using OnRow = std::function<Result<>(const Row&)>;

    virtual ~Connection() = default;
    /// Calls `on_row` for each row; its error ends the query. `on_row` must not use the connection.
    virtual Result<> query(std::string_view sql, std::span<const Value> values, const OnRow& on_row) = 0;
    /// How many rows were inserted, changed or removed.
    virtual Result<std::int64_t> execute(std::string_view sql, std::span<const Value> values) = 0;
    /// Several statements without parameters: migrations and pragmas.
    virtual Result<> run_script(const std::string& sql) = 0;
    /// A writer has its lock when this returns, so a transaction cannot fail half way for want of it. A
    /// reader sees one snapshot, from its first query on, and cannot write.
    virtual Result<> begin(bool write) = 0;
    /// Refuses when a statement of the transaction failed for another reason than a unique constraint.
    virtual Result<> commit() = 0;
    /// Safe when there is no transaction.
    virtual void rollback() noexcept = 0;

    Result<std::int64_t> execute(std::string_view sql, std::initializer_list<Value> values) {
        return execute(sql, std::span<const Value>(values.begin(), values.size()));
    }
};

/// All rows, each made by `decode(Reader&) -> Result<T>`.
template <class Decode>
auto fetch(Connection& connection, std::string_view sql, std::span<const Value> values, Decode&& decode)
    -> Result<std::vector<typename std::invoke_result_t<Decode, Reader&>::value_type>> {
    std::vector<typename std::invoke_result_t<Decode, Reader&>::value_type> out;
    auto done = connection.query(sql, values, [&](const Row& row) -> Result<> {
        Reader reader(row);
        auto decoded = decode(reader);
        if (!decoded) {
            return forward(std::move(decoded));
        }
        out.push_back(std::move(*decoded));
        return {};
    });
    if (!done) {
        return forward(std::move(done));
    }
    return out;
}

template <class Decode>
auto fetch(Connection& connection, std::string_view sql, std::initializer_list<Value> values,
           Decode&& decode) {
    return fetch(connection, sql, std::span<const Value>(values.begin(), values.size()),
                 std::forward<Decode>(decode));
}

/// The first row, or nothing.
template <class Decode>
auto fetch_one(Connection& connection, std::string_view sql, std::initializer_list<Value> values,
               Decode&& decode)
    -> Result<std::optional<typename std::invoke_result_t<Decode, Reader&>::value_type>> {
    auto rows = fetch(connection, sql, values, std::forward<Decode>(decode));
    if (!rows) {
        return forward(std::move(rows));
    }
    if (rows->empty()) {
        return std::nullopt;
    }
    return std::move(rows->front());
}

/// One number of a statement that always has one row (count, min, max: NULL is 0).
Result<std::int64_t> fetch_number(Connection& connection, std::string_view sql,
                                  std::initializer_list<Value> values);

/// For callers that need success only.
Result<> as_done(Result<std::int64_t> rows);
Result<int> as_count(Result<std::int64_t> rows);

/// What the tables of one transaction share: its connection and its "now".
struct Session {
    Connection& connection;
    Timestamp now;
};

}  // namespace souk::sql
