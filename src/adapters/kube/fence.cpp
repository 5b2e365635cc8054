#include "adapters/kube/fence.hpp"

#include "adapters/kube/names.hpp"
#include "runtime/crypto/hash.hpp"

#include <boost/json.hpp>

#include <utility>

namespace souk::kube {
namespace {

json::object metadata(const app::StoreRef& store, std::string_view name) {
    return {{"name", name}, {"namespace", store.ns.str()}, {"labels", labels_of(store)}};
}

WantedObject wanted(const app::StoreRef& store, const Kind& kind, std::string_view api_version,
                    std::string_view name, json::object rest) {
    json::object object{
        {"apiVersion", api_version}, {"kind", kind.name}, {"metadata", metadata(store, name)}};
    for (auto& member : rest) {
        object[member.key()] = std::move(member.value());
    }
    return {&kind, std::string(name), std::move(object)};
}

WantedObject binding(const app::StoreRef& store, std::string_view name, std::string_view role,
                     const PlatformAccount& account) {
    json::object subject{{"kind", "ServiceAccount"}, {"name", account.name}, {"namespace", account.ns}};
    json::object reference{
        {"apiGroup", "rbac.authorization.k8s.io"}, {"kind", "ClusterRole"}, {"name", role}};
    return wanted(store, kRoleBinding, "rbac.authorization.k8s.io/v1", name,
                  {{"roleRef", std::move(reference)}, {"subjects", json::array{std::move(subject)}}});
}

json::object quota(const Plan& plan) {
    return {{"requests.cpu", plan.requests_cpu},
            {"requests.memory", plan.requests_memory},
            {"limits.cpu", plan.limits_cpu},
            {"limits.memory", plan.limits_memory},
            // Limits, because those are what a node enforces; requests would only reserve.
            {"limits.ephemeral-storage", plan.ephemeral_storage},
            {"requests.storage", plan.storage},
            {"pods", std::to_string(plan.pods)},
            {"persistentvolumeclaims", std::to_string(plan.volume_claims)},
            {"services", std::to_string(plan.services)},
            // A port or an address of the node is a way around the entry point.
            {"services.nodeports", "0"},
            {"services.loadbalancers", "0"},
            {"count/secrets", std::to_string(plan.secrets)},
            {"count/configmaps", std::to_string(plan.config_maps)},
            {"count/jobs.batch", std::to_string(plan.jobs)}};
}

json::object limits(const Plan& plan) {
    return {{"type", "Container"},
            {"defaultRequest", json::object{{"cpu", plan.default_request_cpu},
                                            {"memory", plan.default_request_memory},
                                            {"ephemeral-storage", "0"}}},
            {"default", json::object{{"cpu", plan.default_limit_cpu},
                                     {"memory", plan.default_limit_memory},
                                     {"ephemeral-storage", "1Gi"}}},
            {"max", json::object{{"cpu", plan.container_max_cpu}, {"memory", plan.container_max_memory}}}};
}

}  // namespace

json::object labels_of(const app::StoreRef& store) {
    return {{kManagedBy, kManager}, {kStore, store.id.str()}, {kTeam, store.team}, {kEngine, store.engine}};
}

json::object namespace_labels(const app::StoreRef& store, const KubeSettings& settings) {
    json::object labels = labels_of(store);
    const std::string prefix(kPodSecurity);
    labels[prefix + "enforce"] = "restricted";
    // Pinned: a newer Kubernetes must not refuse tomorrow what it took today. Audit and warn tell us in time.
    labels[prefix + "enforce-version"] = settings.pod_security_version;
    for (const char* mode : {"audit", "warn"}) {
        labels[prefix + mode] = "restricted";
        labels[prefix + mode + "-version"] = "latest";
    }
    return labels;
}

json::value namespace_object(const app::StoreRef& store, const KubeSettings& settings) {
    return json::object{
        {"apiVersion", "v1"},
        {"kind", "Namespace"},
        {"metadata", json::object{{"name", store.ns.str()}, {"labels", namespace_labels(store, settings)}}}};
}

std::vector<WantedObject> fence_bindings(const app::StoreRef& store, const KubeSettings& settings) {
    std::vector<WantedObject> out;
    out.push_back(binding(store, kBindingNames[0], kAdminRole, settings.worker));
    if (settings.api) {
        out.push_back(binding(store, kBindingNames[1], kReaderRole, *settings.api));
    }
    return out;
}

std::vector<WantedObject> fence_objects(const app::StoreRef& store, const app::FenceWish& wish,
                                        const app::ClusterSettings& cluster, const KubeSettings& settings) {
    std::vector<WantedObject> out;
    // Limits come before anything that could use resources.
    out.push_back(
        wanted(store, kQuota, "v1", "souk-plan", {{"spec", json::object{{"hard", quota(wish.plan)}}}}));
    out.push_back(wanted(store, kLimitRange, "v1", "souk-plan",
                         {{"spec", json::object{{"limits", json::array{limits(wish.plan)}}}}}));
    for (auto& policy : network_policies(store, wish, cluster, settings)) {
        out.push_back(std::move(policy));
    }
    out.push_back(wanted(store, kAccount, "v1", kServiceAccount, {{"automountServiceAccountToken", false}}));
    // Nothing uses it, and whatever does by mistake gets no token.
    out.push_back(wanted(store, kAccount, "v1", "default", {{"automountServiceAccountToken", false}}));
    return out;
}

std::string digest_of_fence(const app::StoreRef& store, const app::FenceWish& wish,
                            const app::ClusterSettings& cluster, const KubeSettings& settings) {
    json::array all{namespace_object(store, settings)};
    for (auto& object : fence_bindings(store, settings)) {
        all.push_back(std::move(object.object));
    }
    for (auto& object : fence_objects(store, wish, cluster, settings)) {
        all.push_back(std::move(object.object));
    }
    return "sha256:" + runtime::sha256_hex(canonical(all));
}

}  // namespace souk::kube
