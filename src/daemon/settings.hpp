#pragma once

#include "adapters/kube/settings.hpp"
#include "app/jobs/job_runner.hpp"
#include "app/ports/engines.hpp"
#include "app/reconcile/settings.hpp"
#include "app/stores/limits.hpp"
#include "core/common/result.hpp"
#include "daemon/fault_switch.hpp"
#include "runtime/config/settings.hpp"
#include "runtime/http/server.hpp"
#include "runtime/logging/log.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace souk::daemon {

/// Everything that can be set, once: built from file, environment (SOUK_...) and flags, in that order, then
/// only read.
struct Settings {
    runtime::ServerSettings http;
    std::vector<std::string> allowed_origins;
    std::string dashboard_title;
    std::string dashboard_origin;  // empty: plain HTTP, sign-in at localhost only
    std::string dashboard_base_path;
    std::chrono::seconds dashboard_poll{0};
    std::string database_path;
    int database_readers = 4;
    std::vector<std::filesystem::path> engine_paths;
    std::filesystem::path cache_path;
    std::string token_path;
    std::string page_token_key_path;
    std::string cli_context_path;  // empty: none is written
    std::string kubeconfig;        // empty: the identity of the pod
    std::string kube_context;
    std::string
        entry_host;  // where the cluster's entry point listens; empty: the store's own host name is resolved
    int entry_port = 0;
    app::ClusterSettings cluster;
    kube::KubeSettings kube;
    std::string helm_program;
    app::Limits limits;
    int workers = 4;
    app::JobSettings jobs;
    std::chrono::milliseconds reap_interval{0};
    app::ReconcileSettings reconcile;
    std::chrono::milliseconds coalesce{0};
    std::chrono::milliseconds retention_interval{0};
    std::chrono::milliseconds usage_interval{0};
    std::chrono::milliseconds shutdown_patience{0};
    runtime::LogLevel log_level = runtime::LogLevel::Info;
    runtime::LogFormat log_format = runtime::LogFormat::Auto;
    FaultSettings faults;  // tests only
};

/// The one table all of it comes from.
const runtime::SettingsTable& settings_table();

/// Reads the sources; every problem is in the error's message, one per line.
Result<Settings> load(const std::vector<std::string>& flags);

}  // namespace souk::daemon
