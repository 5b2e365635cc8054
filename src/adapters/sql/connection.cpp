#include "adapters/sql/connection.hpp"

namespace souk::sql {

Result<std::int64_t> fetch_number(Connection& connection, std::string_view sql,
                                  std::initializer_list<Value> values) {
    auto number =
        fetch_one(connection, sql, values, [](Reader& row) -> Result<std::int64_t> { return row.integer(); });
    if (!number) {
        return forward(std::move(number));
    }
    return number->value_or(0);
}

Result<> as_done(Result<std::int64_t> rows) {
    if (!rows) {
        return forward(std::move(rows));
    }
    return {};
}

Result<int> as_count(Result<std::int64_t> rows) {
    return std::move(rows).map([](std::int64_t count) { return static_cast<int>(count); });
}

}  // namespace souk::sql
