// What people see of a store's objects, and what its pods use.
#include "adapters/kube/fence.hpp"
#include "adapters/kube/kube_cluster.hpp"
#include "adapters/kube/names.hpp"
#include "adapters/kube/resource_health.hpp"
#include "adapters/kube/resource_reports.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace souk::kube {
namespace {

using app::StoreRef;

constexpr std::size_t kMaxName = 253;
constexpr std::size_t kMaxEvents = 100;

/// In the order of the list. Of the kinds behind `bound` a reader needs the binding inside the namespace.
constexpr std::array kOpen = {&kIngress, &kService, &kDeployment, &kStatefulSet, &kReplicaSet,   &kJob, &kPod,
                              &kClaim,   &kAccount, &kQuota,      &kLimitRange,  &kNetworkPolicy};
constexpr std::array kInside = {&kCronJob, &kConfigMap, &kSecret, &kDisruptionBudget};
/// Read by name.
constexpr std::array kNamed = {&kRoleBinding};

const Kind* find_kind(std::string_view name) {
    const auto named = [&](const Kind* kind) { return kind->name == name; };
    if (const auto* found = std::find_if(kOpen.begin(), kOpen.end(), named); found != kOpen.end()) {
        return *found;
    }
    if (const auto* found = std::find_if(kInside.begin(), kInside.end(), named); found != kInside.end()) {
        return *found;
    }
    const auto* found = std::find_if(kNamed.begin(), kNamed.end(), named);
    return found == kNamed.end() ? nullptr : *found;
}

/// Goes into a path, and comes from outside.
bool is_object_name(std::string_view name) {
    return !name.empty() && name.size() <= kMaxName && name.front() != '.' &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
           });
}

/// Kubernetes itself puts these into every namespace.
bool is_furniture(const Kind& kind, const std::string& name) {
    return (&kind == &kConfigMap && name == "kube-root-ca.crt") || (&kind == &kAccount && name == "default");
}

}  // namespace

Result<> KubeCluster::look_inside(const StoreRef& store, const std::stop_token& stop) {
    auto place = look_at_namespace(store, stop);
    if (!place) {
        return forward(std::move(place));
    }
    switch (place->state) {
        case NamespaceState::Ours:
        case NamespaceState::Terminating:
            return {};
        case NamespaceState::Absent:
            return fail(ErrorCode::NotFound, "the namespace " + store.ns.str() + " does not exist",
                        "NamespaceAbsent");
        case NamespaceState::Foreign:
            break;
    }
    return fail(ErrorCode::Forbidden, "the namespace " + store.ns.str() + " is not this store's",
                "NamespaceForeign");
}

Result<std::vector<app::ResourceInfo>> KubeCluster::resources(const StoreRef& store, std::stop_token stop) {
    if (auto there = look_inside(store, stop); !there) {
        return forward(std::move(there));
    }
    std::vector<FoundObject> found;
    const auto collect = [&](const Kind* kind) {
        const auto add = [&](const json::value& item) {
            if (!is_furniture(*kind, text_at(item, {"metadata", "name"}))) {
                found.push_back({kind, item});
            }
        };
        const std::string path = path_of(*kind, store.ns.str());
        // Of what holds content, and of what is there or not, nothing but the head is read.
        const bool head_only = kind == &kSecret || kind == &kConfigMap || kind == &kAccount ||
                               kind == &kQuota || kind == &kLimitRange || kind == &kNetworkPolicy ||
                               kind == &kDisruptionBudget;
        return head_only ? api_.list_metadata(path, {}, add, stop) : api_.list(path, {}, add, stop);
    };
    for (const Kind* kind : kOpen) {
        if (auto ok = collect(kind); !ok) {
            return forward(std::move(ok));
        }
    }
    for (const Kind* kind : kInside) {
        auto ok = collect(kind);
        // The fence was never finished, or this is the reader, who may not list Secrets.
        if (!ok && ok.error().code != ErrorCode::Forbidden) {
            return forward(std::move(ok));
        }
    }
    for (const std::string_view name : kBindingNames) {
        auto binding = api_.find(path_of(kRoleBinding, store.ns.str(), name), stop);
        if (!binding && binding.error().code == ErrorCode::Forbidden) {
            break;  // this is the reader
        }
        if (!binding) {
            return forward(std::move(binding));
        }
        if (*binding) {
            found.push_back({&kRoleBinding, std::move(**binding)});
        }
    }
    return assess_resources(found);
}

Result<app::ResourceDetail> KubeCluster::resource(const StoreRef& store, std::string_view kind_name,
                                                  std::string_view name, std::stop_token stop) {
    const Kind* const kind = find_kind(kind_name);
    if (kind == nullptr || !is_object_name(name)) {
        return fail(ErrorCode::NotFound, "the store has no such object", "ResourceNotFound");
    }
    if (auto there = look_inside(store, stop); !there) {
        if (there.error().code == ErrorCode::NotFound) {
            there.error().reason = "ResourceNotFound";
        }
        return forward(std::move(there));
    }
    auto object = api_.find(path_of(*kind, store.ns.str(), name), stop);
    if (!object) {
        return forward(std::move(object));
    }
    if (!*object) {
        return fail(ErrorCode::NotFound, "the store has no such object", "ResourceNotFound");
    }
    auto events = events_of(store, *kind, std::string(name), stop);
    if (!events) {
        return forward(std::move(events));
    }
    return app::ResourceDetail{json::serialize(shown(*kind, std::move(**object))), std::move(*events)};
}

Result<std::vector<app::ResourceEvent>> KubeCluster::events_of(const StoreRef& store, const Kind& kind,
                                                               const std::string& name,
                                                               const std::stop_token& stop) {
    std::vector<app::ResourceEvent> events;
    auto listed = api_.list(
        path_of(kEvent, store.ns.str()),
        {{"fieldSelector", "involvedObject.kind=" + std::string(kind.name) + ",involvedObject.name=" + name}},
        [&](const json::value& item) { events.push_back(read_event(item)); }, stop);
    if (!listed) {
        return forward(std::move(listed));
    }
    std::sort(events.begin(), events.end(),
              [](const auto& one, const auto& other) { return one.last > other.last; });
    if (events.size() > kMaxEvents) {
        events.erase(events.begin() + kMaxEvents, events.end());
    }
    return events;
}

Result<std::optional<std::map<std::string, app::StoreUsage>>> KubeCluster::measure(
    const std::string& ns, const std::stop_token& stop) {
    std::map<std::string, app::StoreUsage> out;
    const Query ours{{"labelSelector", std::string(kStore)}};
    auto measured = api_.list(
        path_of(kPodMetrics, ns), ours, [&](const json::value& item) { add_metrics(item, out); }, stop);
    if (!measured) {
        if (measured.error().code == ErrorCode::NotFound) {
            return std::nullopt;  // a cluster without metrics-server
        }
        return forward(std::move(measured));
    }
    auto claimed =
        api_.list(path_of(kClaim, ns), ours, [&](const json::value& item) { add_claim(item, out); }, stop);
    if (!claimed) {
        return forward(std::move(claimed));
    }
    return out;
}

Result<std::optional<app::StoreUsage>> KubeCluster::usage(const StoreRef& store, std::stop_token stop) {
    if (auto there = look_inside(store, stop); !there) {
        return forward(std::move(there));
    }
    auto all = measure(store.ns.str(), stop);
    if (!all) {
        return forward(std::move(all));
    }
    if (!*all) {
        return std::nullopt;
    }
    app::StoreUsage usage = std::move((**all)[store.ns.str()]);
    if (usage.pods.empty()) {
        usage.time = now();
    }
    return usage;
}

Result<std::optional<std::map<std::string, app::StoreUsage>>> KubeCluster::usage_of_all(
    std::stop_token stop) {
    return measure({}, stop);
}

}  // namespace souk::kube
