#pragma once

#include "app/access/caller.hpp"
#include "app/ports/cluster.hpp"
#include "app/ports/database.hpp"

#include <stop_token>
#include <string_view>
#include <vector>

namespace souk::app {

struct StoreLogs {
    bool kept = false;  // saved when the store failed or was deleted
    std::vector<PodLogs> logs;
};

/// The last lines of a store's containers: live, or the kept ones of a failed or deleted store. A namespace
/// that does not exist (yet) has none. Errors: NotFound, Unavailable or Timeout when the cluster does not
/// answer.
class ReadLogs {
public:
    ReadLogs(Database& database, Cluster& cluster) : database_(database), cluster_(cluster) {}
    Result<StoreLogs> operator()(std::string_view store, const Cluster::LogQuery& query, const Caller& caller,
                                 std::stop_token stop) const;

private:
    Result<std::vector<PodLogs>> live(const StoreRef& store, const Cluster::LogQuery& query,
                                      const std::stop_token& stop) const;

    Database& database_;
    Cluster& cluster_;
};

}  // namespace souk::app
