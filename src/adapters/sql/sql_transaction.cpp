#include "adapters/sql/sql_transaction.hpp"

namespace souk::sql {
namespace {

tl::unexpected<Error> ended() { return fail(ErrorCode::Internal, "this transaction has ended already"); }

}  // namespace

Result<> SqlTransaction::WhileOpen::query(std::string_view sql, std::span<const Value> values,
                                          const OnRow& on_row) {
    return connection_ ? connection_->query(sql, values, on_row) : Result<>(ended());
}

Result<std::int64_t> SqlTransaction::WhileOpen::execute(std::string_view sql, std::span<const Value> values) {
    return connection_ ? connection_->execute(sql, values) : Result<std::int64_t>(ended());
}

Result<> SqlTransaction::WhileOpen::run_script(const std::string& sql) {
    return connection_ ? connection_->run_script(sql) : Result<>(ended());
}

Result<> SqlTransaction::WhileOpen::begin(bool write) {
    return connection_ ? connection_->begin(write) : Result<>(ended());
}

Result<> SqlTransaction::WhileOpen::commit() {
    return connection_ ? connection_->commit() : Result<>(ended());
}

void SqlTransaction::WhileOpen::rollback() noexcept {
    if (connection_) {
        connection_->rollback();
    }
}

SqlTransaction::SqlTransaction(ConnectionPool::Lent connection, Timestamp now, const CommitHook& hook)
    : connection_(std::move(connection)), hook_(hook), session_{connection_, now} {}

SqlTransaction::~SqlTransaction() { connection_.rollback(); }

Result<> SqlTransaction::commit(std::string_view name) {
    if (!connection_.is_open()) {
        return ended();
    }
    if (hook_) {
        hook_(name, CommitMoment::Before);
    }
    auto done = connection_.commit();
    if (!done) {
        connection_.rollback();
    }
    connection_.give_back();
    if (!done) {
        return tl::unexpected(std::move(done).error().within("commit " + std::string(name)));
    }
    if (hook_) {
        hook_(name, CommitMoment::After);
    }
    return {};
}

}  // namespace souk::sql
