// Taking things away, and saying what was there.
#include "adapters/kube/fence.hpp"
#include "adapters/kube/kube_cluster.hpp"
#include "adapters/kube/names.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace souk::kube {
namespace {

using app::StoreRef;

/// What a namespace holds; of these the first group can be read without the binding inside the namespace.
constexpr std::array kReadable = {&kIngress, &kDeployment, &kStatefulSet, &kReplicaSet,
                                  &kJob,     &kPod,        &kService};
constexpr std::array kBound = {&kCronJob,          &kConfigMap, &kSecret, &kNetworkPolicy,
                               &kDisruptionBudget, &kAccount,   &kQuota,  &kLimitRange};

/// Kubernetes itself puts these into every namespace.
bool is_furniture(const Kind& kind, const std::string& name) {
    return (&kind == &kConfigMap && name == "kube-root-ca.crt") || (&kind == &kAccount && name == "default");
}

}  // namespace

Result<> KubeCluster::remove_route(const StoreRef& store, std::stop_token stop) {
    auto there = may_remove(store, stop);
    if (!there || !*there) {
        return there ? Result<>() : forward(std::move(there));
    }
    touched(store);
    auto gone = api_.remove(path_of(kIngress, store.ns.str(), store.release), {}, stop);
    if (gone || gone.error().code != ErrorCode::Forbidden) {
        return gone;
    }
    // Without rights there (the fence was never finished) there can be no route of ours; but look.
    auto route = api_.find(path_of(kIngress, store.ns.str(), store.release), stop);
    if (route && !*route) {
        return {};
    }
    return gone;
}

Result<> KubeCluster::remove_volume_claims(const StoreRef& store, std::stop_token stop) {
    auto there = may_remove(store, stop);
    if (!there || !*there) {
        return there ? Result<>() : forward(std::move(there));
    }
    std::vector<std::string> names;
    auto listed = api_.list_metadata(
        path_of(kClaim, store.ns.str()), {},
        [&](const json::value& item) { names.push_back(text_at(item, {"metadata", "name"})); }, stop);
    if (!listed) {
        return listed;
    }
    for (const std::string& name : names) {
        if (auto gone = api_.remove(path_of(kClaim, store.ns.str(), name), {}, stop); !gone) {
            return gone;
        }
    }
    return {};
}

Result<> KubeCluster::remove_release_records(const StoreRef& store, std::stop_token stop) {
    auto there = may_remove(store, stop);
    if (!there || !*there) {
        return there ? Result<>() : forward(std::move(there));
    }
    std::vector<std::string> names;
    auto listed = api_.list_metadata(
        path_of(kSecret, store.ns.str()), {{"labelSelector", "owner=helm,name=" + store.release}},
        [&](const json::value& item) { names.push_back(text_at(item, {"metadata", "name"})); }, stop);
    if (!listed) {
        return listed;
    }
    for (const std::string& name : names) {
        if (auto gone = api_.remove(path_of(kSecret, store.ns.str(), name), {}, stop); !gone) {
            return gone;
        }
    }
    return {};
}

Result<> KubeCluster::remove_namespace(const StoreRef& store, std::stop_token stop) {
    auto place = look_at_namespace(store, stop);
    if (!place) {
        return forward(std::move(place));
    }
    switch (place->state) {
        case NamespaceState::Absent:
        case NamespaceState::Terminating:
            return {};
        case NamespaceState::Foreign:
            return fail(ErrorCode::Forbidden, "the namespace " + store.ns.str() + " is not this store's",
                        "NamespaceForeign");
        case NamespaceState::Ours:
            break;
    }
    touched(store);
    // The uid: if somebody replaces the namespace between our look and our word, nothing happens to the new
    // one.
    DeleteOptions options;
    options.propagation = "Foreground";
    options.uid = place->space.uid;
    return api_.remove(path_of(kNamespace, {}, store.ns.str()), options, stop);
}

Result<std::vector<ReceiptLine>> KubeCluster::inventory(const StoreRef& store, std::stop_token stop) {
    auto place = look_at_namespace(store, stop);
    if (!place) {
        return forward(std::move(place));
    }
    std::vector<ReceiptLine> out;
    if (place->state == NamespaceState::Absent || place->state == NamespaceState::Foreign) {
        auto left = remnants(store, stop);
        if (!left) {
            return forward(std::move(left));
        }
        for (ObservedRemnant& remnant : *left) {
            out.push_back(
                {std::move(remnant.kind), std::move(remnant.name), std::move(remnant.ns), std::nullopt});
        }
        return out;
    }
    const std::string& ns = store.ns.str();
    out.push_back({std::string(kNamespace.name), ns, "", std::nullopt});
    const auto collect = [&](const Kind& kind) {
        return api_.list_metadata(
            path_of(kind, ns), {},
            [&](const json::value& item) {
                std::string name = text_at(item, {"metadata", "name"});
                if (!is_furniture(kind, name)) {
                    out.push_back({std::string(kind.name), std::move(name), ns, std::nullopt});
                }
            },
            stop);
    };
    for (const Kind* kind : kReadable) {
        if (auto ok = collect(*kind); !ok) {
            return forward(std::move(ok));
        }
    }
    std::set<std::string> volumes;
    auto claims = api_.list(
        path_of(kClaim, ns), {},
        [&](const json::value& item) {
            const Claim claim = read_claim(item);
            out.push_back({std::string(kClaim.name), claim.name, ns, std::nullopt});
            if (!claim.volume.empty()) {
                volumes.insert(claim.volume);
            }
        },
        stop);
    if (!claims) {
        return forward(std::move(claims));
    }
    for (const std::string& volume : volumes) {
        out.push_back({std::string(kVolume.name), volume, "", std::nullopt});
    }
    for (const Kind* kind : kBound) {
        auto ok = collect(*kind);
        if (!ok && ok.error().code == ErrorCode::Forbidden) {
            break;  // the fence was never finished: nothing of ours can be there
        }
        if (!ok) {
            return forward(std::move(ok));
        }
    }
    for (const std::string_view name : kBindingNames) {
        auto binding = api_.find(path_of(kRoleBinding, ns, name), stop);
        if (!binding) {
            return forward(std::move(binding));
        }
        if (*binding) {
            out.push_back({std::string(kRoleBinding.name), std::string(name), ns, std::nullopt});
        }
    }
    return out;
}

}  // namespace souk::kube
