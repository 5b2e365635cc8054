#pragma once

#include "adapters/kube/json.hpp"
#include "adapters/kube/kinds.hpp"
#include "adapters/kube/settings.hpp"
#include "app/ports/cluster.hpp"
#include "app/ports/engines.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace souk::kube {

/// The RoleBindings that there may be in a namespace. soukd may read each by its name and list none.
inline constexpr std::array<std::string_view, 2> kBindingNames{"souk-worker", "souk-api"};

/// An object as we want it.
struct WantedObject {
    const Kind* kind = nullptr;
    std::string name;
    json::value object;
};

/// The labels of everything we make for a store; `engine` and `team` only for people and selectors.
json::object labels_of(const app::StoreRef& store);
/// The Namespace with its Pod Security labels.
json::value namespace_object(const app::StoreRef& store, const KubeSettings& settings);
/// What a namespace must carry, as a merge patch body's labels.
json::object namespace_labels(const app::StoreRef& store, const KubeSettings& settings);

/// RoleBindings: the first objects in a namespace, because they give the right to make the others.
std::vector<WantedObject> fence_bindings(const app::StoreRef& store, const KubeSettings& settings);
/// ServiceAccounts without token, ResourceQuota, LimitRange and NetworkPolicies: kFenceObjects.
std::vector<WantedObject> fence_objects(const app::StoreRef& store, const app::FenceWish& wish,
                                        const app::ClusterSettings& cluster, const KubeSettings& settings);
std::vector<WantedObject> network_policies(const app::StoreRef& store, const app::FenceWish& wish,
                                           const app::ClusterSettings& cluster, const KubeSettings& settings);

/// SHA-256 over the canonical text of all of the above: a changed plan, engine, setting or version of soukd
/// changes it.
std::string digest_of_fence(const app::StoreRef& store, const app::FenceWish& wish,
                            const app::ClusterSettings& cluster, const KubeSettings& settings);

/// One Ingress for the store: a rule per host, the longest path first, no annotations.
json::value ingress_object(const app::StoreRef& store, const app::RouteWish& route,
                           const app::ClusterSettings& cluster);

}  // namespace souk::kube
