#pragma once

#include "adapters/sql/connection.hpp"
#include "app/ports/database.hpp"

namespace souk::sql {

/// Jobs in the order (priority, due, id). What a person waits for (a new job, a person's wake) goes before
/// routine; a snooze makes a job routine again.
class SqlJobTable final : public app::JobTable {
public:
    explicit SqlJobTable(const Session& session) : session_(session) {}

    /// NotFound when there is no such store.
    Result<> enqueue(const JobId& id, std::string_view kind, const StoreId& store) override;
    Result<std::optional<Job>> claim(std::string_view worker, std::chrono::milliseconds lease) override;
    Result<bool> renew(const Lease& lease, std::chrono::milliseconds duration) override;
    Result<> require(const Lease& lease) override;
    Result<> finish(const Job& job) override;
    Result<> snooze(const Job& job, std::chrono::milliseconds delay) override;
    /// A person's wake during the turn makes it due at once and forgets the attempts; so for `stall`.
    Result<> retry(const Job& job, std::chrono::milliseconds delay, std::string_view error) override;
    Result<> give_back(const Job& job) override;
    Result<> stall(const Job& job, std::string_view error) override;
    Result<bool> wake(const StoreId& store, bool person) override;
    Result<int> reap() override;
    Result<int> remove_ended_before(Timestamp time, int limit) override;
    Result<std::vector<Count>> count_by_kind_and_state() override;
    Result<std::chrono::milliseconds> oldest_ready() override;

private:
    Timestamp after(std::chrono::milliseconds delay) const;

    const Session& session_;
};

}  // namespace souk::sql
