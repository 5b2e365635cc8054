#pragma once

#include "adapters/kube/api_client.hpp"
#include "core/common/id.hpp"
#include "core/common/time.hpp"
#include "runtime/logging/log.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace souk::kube {

/// A ServiceAccount of the platform.
struct PlatformAccount {
    std::string ns;
    std::string name;
    friend bool operator==(const PlatformAccount&, const PlatformAccount&) = default;
};

/// Must agree with the values of charts/souk: its admission policies refuse anything else.
struct KubeSettings {
    PlatformAccount worker{"souk-system", "soukd"};  // gets store-namespace-admin in each store's namespace
    std::optional<PlatformAccount> api;              // a separate api role gets store-namespace-reader
    std::string pod_security_version = "v1.36";
    /// Pod and service networks outside the private ranges of the standards, so that no store reaches into
    /// the cluster.
    std::vector<std::string> more_private_ranges_v4;
    std::vector<std::string> more_private_ranges_v6;

    /// After a change of ours, or of Helm's, the cache may not know it yet: observe looks at the cluster
    /// itself for this long.
    std::chrono::seconds cache_settle{10};
    /// How long one watch lasts; spread by a fifth so that they do not all end together.
    std::chrono::seconds watch_lifetime{300};
    /// Bookmarks come every minute; a watch that is silent for longer is dead.
    std::chrono::seconds watch_idle{100};
    std::chrono::milliseconds retry_base{200};
    std::chrono::milliseconds retry_cap{15000};

    ApiClientOptions client;
    /// A store's objects changed in a way that matters. Called on the informer's thread, without a lock; must
    /// not block.
    std::function<void(const StoreId&)> on_change;
    /// Any of a store's objects changed in whatever way. As on_change, and more often.
    std::function<void(const StoreId&)> on_objects;
    runtime::Logger log{runtime::LogOptions{}};
};

}  // namespace souk::kube
