#pragma once

#include "app/ports/helm_driver.hpp"
#include "runtime/process/process.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace souk::helm {

enum class HelmVersion { V3, V4 };

struct HelmOptions {
    std::string program = "helm";  // a path, or a name looked up in the runner's PATH
    std::string kubeconfig = {};   // a path; empty: the pod's own ServiceAccount
    std::string context = {};      // in the kubeconfig; empty: its current one
    std::string home = {};         // a folder of ours: helm's caches, settings and data; no plugins
    /// More environment, which wins: KUBERNETES_SERVICE_HOST and _PORT inside a cluster, the HOME that
    /// credential programs know outside. Nothing else is inherited.
    std::vector<std::pair<std::string, std::string>> env = {};
};

// Command lines as values: pure, tested without running anything. Nothing secret is in them; values go
// through stdin. Helm itself never waits for workloads; the process is ended 30 s after the request's own
// time.

runtime::Command helm_version(const HelmOptions& options);
runtime::Command helm_apply(const HelmOptions& options, HelmVersion version,
                            const app::ReleaseRequest& request);
runtime::Command helm_remove(const HelmOptions& options, const app::ReleaseRef& release);
runtime::Command helm_rollback(const HelmOptions& options, HelmVersion version,
                               const app::ReleaseRef& release, int revision);

/// "v4.3.1+gabc" or "v3.18.0". Internal, reason "HelmUnsupported", for anything else and for 3 before 3.13.
Result<HelmVersion> parse_helm_version(std::string_view output);

}  // namespace souk::helm
