#pragma once

#include <array>
#include <string>
#include <string_view>

namespace souk::kube {

/// One kind of object and where the API serves it.
struct Kind {
    std::string_view name;    // "Pod"
    std::string_view api;     // "/api/v1" or "/apis/apps/v1"
    std::string_view plural;  // "pods"
};

inline constexpr Kind kNamespace{"Namespace", "/api/v1", "namespaces"};
inline constexpr Kind kNode{"Node", "/api/v1", "nodes"};
inline constexpr Kind kVolume{"PersistentVolume", "/api/v1", "persistentvolumes"};
inline constexpr Kind kPod{"Pod", "/api/v1", "pods"};
inline constexpr Kind kService{"Service", "/api/v1", "services"};
inline constexpr Kind kSecret{"Secret", "/api/v1", "secrets"};
inline constexpr Kind kConfigMap{"ConfigMap", "/api/v1", "configmaps"};
inline constexpr Kind kClaim{"PersistentVolumeClaim", "/api/v1", "persistentvolumeclaims"};
inline constexpr Kind kAccount{"ServiceAccount", "/api/v1", "serviceaccounts"};
inline constexpr Kind kQuota{"ResourceQuota", "/api/v1", "resourcequotas"};
inline constexpr Kind kLimitRange{"LimitRange", "/api/v1", "limitranges"};
inline constexpr Kind kEvent{"Event", "/api/v1", "events"};
inline constexpr Kind kDeployment{"Deployment", "/apis/apps/v1", "deployments"};
inline constexpr Kind kStatefulSet{"StatefulSet", "/apis/apps/v1", "statefulsets"};
inline constexpr Kind kReplicaSet{"ReplicaSet", "/apis/apps/v1", "replicasets"};
inline constexpr Kind kJob{"Job", "/apis/batch/v1", "jobs"};
inline constexpr Kind kCronJob{"CronJob", "/apis/batch/v1", "cronjobs"};
inline constexpr Kind kIngress{"Ingress", "/apis/networking.k8s.io/v1", "ingresses"};
inline constexpr Kind kNetworkPolicy{"NetworkPolicy", "/apis/networking.k8s.io/v1", "networkpolicies"};
inline constexpr Kind kDisruptionBudget{"PodDisruptionBudget", "/apis/policy/v1", "poddisruptionbudgets"};
inline constexpr Kind kPodMetrics{"PodMetrics", "/apis/metrics.k8s.io/v1beta1", "pods"};
inline constexpr Kind kRoleBinding{"RoleBinding", "/apis/rbac.authorization.k8s.io/v1", "rolebindings"};

/// Path of a collection; `ns` empty: cluster-wide.
inline std::string path_of(const Kind& kind, std::string_view ns = {}) {
    std::string path(kind.api);
    if (!ns.empty()) {
        path.append("/namespaces/").append(ns);
    }
    return path.append("/").append(kind.plural);
}

/// Path of one object. Names come from validated types or from the API server itself.
inline std::string path_of(const Kind& kind, std::string_view ns, std::string_view name) {
    return path_of(kind, ns).append("/").append(name);
}

}  // namespace souk::kube
