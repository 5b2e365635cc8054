#pragma once

#include "app/ports/cluster.hpp"
#include "app/ports/database.hpp"

#include <stop_token>

namespace souk::app {

/// Writes down what every living store uses: one look at the cluster, one transaction, one time for all.
/// Returns how many stores were measured; 0 on a cluster without metrics. Stores without pods and volumes
/// have no sample. Safe to be cut off anywhere: then there is no sample of that time.
class SampleUsage {
public:
    SampleUsage(Database& database, Cluster& cluster) : database_(database), cluster_(cluster) {}
    Result<int> operator()(std::stop_token stop) const;

private:
    Database& database_;
    Cluster& cluster_;
};

}  // namespace souk::app
