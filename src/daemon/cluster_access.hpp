#pragma once

#include "adapters/helm/helm_command.hpp"
#include "adapters/kube/kubeconfig.hpp"
#include "core/common/result.hpp"
#include "daemon/settings.hpp"

#include <string>
#include <utility>
#include <vector>

namespace souk::daemon {

using Environment = std::vector<std::pair<std::string, std::string>>;

/// The one identity with which soukd and its Helm reach the one cluster.
struct ClusterAccess {
    kube::Kubeconfig kubeconfig;
    Environment exec_env;  // what a credential program gets when soukd starts it
    helm::HelmOptions helm;
};

/// Without a kubeconfig it is the identity that Kubernetes mounts into a pod, from `pod_folder`.
/// `environment` is soukd's own; nothing else of it reaches a child. InvalidInput or NotFound when there is
/// no identity.
Result<ClusterAccess> cluster_access(
    const Settings& settings, const Environment& environment,
    const std::string& pod_folder = "/var/run/secrets/kubernetes.io/serviceaccount");

}  // namespace souk::daemon
