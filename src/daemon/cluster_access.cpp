#include "daemon/cluster_access.hpp"

#include <filesystem>
#include <string_view>

namespace souk::daemon {
namespace {

std::string value_of(const Environment& environment, std::string_view wanted) {
    for (const auto& [name, value] : environment) {
        if (name == wanted) {
            return value;
        }
    }
    return {};
}

}  // namespace

Result<ClusterAccess> cluster_access(const Settings& settings, const Environment& environment,
                                     const std::string& pod_folder) {
    ClusterAccess access;
    access.helm = {.program = settings.helm_program,
                   .kubeconfig = settings.kubeconfig,
                   .context = settings.kube_context,
                   .home = (std::filesystem::path(settings.cache_path) / "helm").string()};
    if (!settings.kubeconfig.empty()) {
        auto config = kube::load_kubeconfig(settings.kubeconfig, settings.kube_context);
        if (!config) {
            return forward(config);
        }
        access.kubeconfig = std::move(*config);
        // Credential programs keep their own settings and caches below it, whoever starts them.
        if (const std::string home = value_of(environment, "HOME"); !home.empty()) {
            access.exec_env = {{"HOME", home}};
            access.helm.env = access.exec_env;
        }
        return access;
    }
    if (!settings.kube_context.empty()) {
        return fail(ErrorCode::InvalidInput,
                    "cluster.context names a context, but cluster.kubeconfig is not set");
    }
    const std::string host = value_of(environment, "KUBERNETES_SERVICE_HOST");
    const std::string port = value_of(environment, "KUBERNETES_SERVICE_PORT");
    if (host.empty()) {
        return fail(ErrorCode::InvalidInput,
                    "set cluster.kubeconfig (SOUK_CLUSTER_KUBECONFIG): there is no pod identity here");
    }
    auto config = kube::in_cluster_kubeconfig(host, port, pod_folder);
    if (!config) {
        return forward(config);
    }
    access.kubeconfig = std::move(*config);
    // Helm's home stays our own folder here: a kubeconfig in a real home would be another identity.
    access.helm.env = {{"KUBERNETES_SERVICE_HOST", host}, {"KUBERNETES_SERVICE_PORT", port}};
    return access;
}

}  // namespace souk::daemon
