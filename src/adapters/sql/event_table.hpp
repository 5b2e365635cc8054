#pragma once

#include "adapters/sql/connection.hpp"
#include "app/ports/database.hpp"

namespace souk::sql {

/// Numbers are given in commit order because SQLite has one writer.
class SqlEventTable final : public app::EventTable {
public:
    explicit SqlEventTable(const Session& session) : session_(session) {}

    /// `number` and `store_seq` of the argument are not looked at.
    Result<> append(const Event& event) override;
    Result<std::vector<Event>> read_after(std::int64_t after, const app::EventFilter& filter,
                                          int limit) override;
    Result<std::vector<Event>> read_before(std::int64_t before, const app::EventFilter& filter,
                                           int limit) override;
    /// 0: there was never an event.
    Result<std::int64_t> newest_number() override;
    Result<std::int64_t> oldest_number() override;
    /// Always keeps the newest one, so that `newest_number` stays true.
    Result<int> remove_older_than(Timestamp time, int limit) override;

private:
    const Session& session_;
};

}  // namespace souk::sql
