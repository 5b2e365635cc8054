#pragma once

#include "adapters/sql/audit_table.hpp"
#include "adapters/sql/commit_hook.hpp"
#include "adapters/sql/connection_pool.hpp"
#include "adapters/sql/event_table.hpp"
#include "adapters/sql/idempotency_table.hpp"
#include "adapters/sql/job_table.hpp"
#include "adapters/sql/kept_log_table.hpp"
#include "adapters/sql/operation_table.hpp"
#include "adapters/sql/pack_table.hpp"
#include "adapters/sql/receipt_table.hpp"
#include "adapters/sql/session_table.hpp"
#include "adapters/sql/sign_in_table.hpp"
#include "adapters/sql/stats_table.hpp"
#include "adapters/sql/store_table.hpp"
#include "adapters/sql/token_table.hpp"
#include "adapters/sql/usage_table.hpp"
#include "app/ports/database.hpp"

namespace souk::sql {

/// A transaction on a lent connection that has begun already. Knows no particular database.
class SqlTransaction final : public app::Transaction {
public:
    /// `hook` may be empty and outlives the transaction.
    SqlTransaction(ConnectionPool::Lent connection, Timestamp now, const CommitHook& hook);
    ~SqlTransaction() override;
    SqlTransaction(const SqlTransaction&) = delete;
    SqlTransaction& operator=(const SqlTransaction&) = delete;

    app::StoreTable& stores() override { return stores_; }
    app::OperationTable& operations() override { return operations_; }
    app::JobTable& jobs() override { return jobs_; }
    app::EventTable& events() override { return events_; }
    app::IdempotencyTable& idempotency() override { return idempotency_; }
    app::AuditTable& audit() override { return audit_; }
    app::TokenTable& tokens() override { return tokens_; }
    app::SessionTable& sessions() override { return sessions_; }
    app::SignInTable& sign_ins() override { return sign_ins_; }
    app::PackTable& packs() override { return packs_; }
    app::KeptLogTable& kept_logs() override { return kept_logs_; }
    app::ReceiptTable& receipts() override { return receipts_; }
    app::StatsTable& stats() override { return stats_; }
    app::UsageTable& usage() override { return usage_; }
    Timestamp now() const override { return session_.now; }
    /// Ends the transaction and gives the connection back, whether it succeeds or not; whatever is called
    /// after is Internal.
    Result<> commit(std::string_view name) override;

private:
    /// What the tables see: the lent connection until the transaction ends, then errors, because by then the
    /// connection may serve somebody else.
    class WhileOpen final : public Connection {
    public:
        explicit WhileOpen(ConnectionPool::Lent connection) : connection_(std::move(connection)) {}
        bool is_open() const { return connection_ != nullptr; }
        void give_back() { connection_.reset(); }

        Result<> query(std::string_view sql, std::span<const Value> values, const OnRow& on_row) override;
        Result<std::int64_t> execute(std::string_view sql, std::span<const Value> values) override;
        Result<> run_script(const std::string& sql) override;
        Result<> begin(bool write) override;
        Result<> commit() override;
        void rollback() noexcept override;

    private:
        ConnectionPool::Lent connection_;
    };

    WhileOpen connection_;
    const CommitHook& hook_;
    Session session_;  // before the tables, which refer to it
    SqlStoreTable stores_{session_};
    SqlOperationTable operations_{session_};
    SqlJobTable jobs_{session_};
    SqlEventTable events_{session_};
    SqlIdempotencyTable idempotency_{session_};
    SqlAuditTable audit_{session_};
    SqlTokenTable tokens_{session_};
    SqlSessionTable sessions_{session_};
    SqlSignInTable sign_ins_{session_};
    SqlPackTable packs_{session_};
    SqlKeptLogTable kept_logs_{session_};
    SqlReceiptTable receipts_{session_};
    SqlStatsTable stats_{session_};
    SqlUsageTable usage_{session_};
};

}  // namespace souk::sql
