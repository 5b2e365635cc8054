#pragma once

#include "app/access/caller.hpp"
#include "app/ports/cluster.hpp"
#include "app/ports/database.hpp"
#include "app/stores/recent.hpp"
#include "core/common/id.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace souk::app {

/// The objects of a store, at most a second old, and never of another `version` than it has now. Errors:
/// NotFound (the store), Gone "StoreDeleted", those of the cluster. Thread-safe.
class ReadResources {
public:
    /// Changes when the store's objects are known to have changed.
    using Version = std::function<std::uint64_t(const StoreId&)>;

    ReadResources(Database& database, Cluster& cluster,
                  const RecentClock& now = std::chrono::steady_clock::now, Version version = {})
        : database_(database), cluster_(cluster), version_(std::move(version)), lists_(now), details_(now) {}

    /// None while the namespace does not exist yet.
    Result<std::shared_ptr<const std::vector<ResourceInfo>>> list(std::string_view store,
                                                                  const Caller& caller, std::stop_token stop);
    /// NotFound "ResourceNotFound".
    Result<std::shared_ptr<const ResourceDetail>> read(std::string_view store, const std::string& kind,
                                                       const std::string& name, const Caller& caller,
                                                       std::stop_token stop);

private:
    std::uint64_t version_of(const StoreId& store) const { return version_ ? version_(store) : 0; }

    Database& database_;
    Cluster& cluster_;
    Version version_;
    Recent<std::vector<ResourceInfo>> lists_;
    Recent<ResourceDetail> details_;
};

}  // namespace souk::app
