#pragma once

#include "adapters/sql/connection.hpp"
#include "app/ports/database.hpp"

namespace souk::sql {

class SqlUsageTable final : public app::UsageTable {
public:
    explicit SqlUsageTable(const Session& session) : session_(session) {}

    Result<> add(const StoreId& store, const UsageSample& sample) override;
    Result<std::vector<UsageSample>> list(const StoreId& store, Timestamp since, Timestamp until,
                                          int most) override;
    Result<std::optional<UsageSample>> newest_sum(std::string_view team, Timestamp since) override;
    Result<int> remove_older_than(Timestamp time, int limit) override;

private:
    const Session& session_;
};

}  // namespace souk::sql
