#pragma once

#include "adapters/sql/connection.hpp"
#include "app/ports/database.hpp"

namespace souk::sql {

class SqlStatsTable final : public app::StatsTable {
public:
    explicit SqlStatsTable(const Session& session) : session_(session) {}

    Result<std::vector<StoreCount>> count_living(std::string_view team) override;
    Result<std::vector<Creation>> creations_since(std::string_view team, Timestamp since) override;
    Result<std::vector<StepRecord>> creation_steps(const StoreId& store) override;
    Result<std::vector<FailureCount>> count_failures(std::string_view team, Timestamp since) override;

private:
    const Session& session_;
};

}  // namespace souk::sql
