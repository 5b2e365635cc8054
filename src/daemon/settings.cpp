#include "daemon/settings.hpp"

#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include <cstdlib>
#include <utility>

namespace souk::daemon {
namespace {

using runtime::Setting;
using runtime::SettingType;

std::string environment(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before any thread starts
    return value == nullptr ? std::string() : std::string(value);
}

std::string home_folder(const char* xdg_variable, const char* below_home) {
    const std::string base = environment(xdg_variable);
    return (base.empty() ? environment("HOME") + below_home : base) + "/souk";
}

Setting text(std::string name, std::string value, std::string description) {
    return {.name = std::move(name),
            .type = SettingType::Text,
            .default_value = std::move(value),
            .description = std::move(description)};
}
Setting number(std::string name, std::string value, std::int64_t min, std::int64_t max,
               std::string description) {
    return {.name = std::move(name),
            .type = SettingType::Integer,
            .default_value = std::move(value),
            .min = min,
            .max = max,
            .description = std::move(description)};
}
Setting duration(std::string name, std::string value, std::string description) {
    return {.name = std::move(name),
            .type = SettingType::Duration,
            .default_value = std::move(value),
            .min = 1,
            .description = std::move(description)};
}
Setting flag(std::string name, std::string value, std::string description) {
    return {.name = std::move(name),
            .type = SettingType::Boolean,
            .default_value = std::move(value),
            .description = std::move(description)};
}
Setting list(std::string name, std::string value, std::string description) {
    return {.name = std::move(name),
            .type = SettingType::TextList,
            .default_value = std::move(value),
            .description = std::move(description)};
}

std::vector<Setting> definitions() {
    const std::string data = home_folder("XDG_DATA_HOME", "/.local/share");
    return {
        text("http.address", "127.0.0.1", "IP address the API listens on."),
        number("http.port", "8090", 0, 65535, "Port of the API; 0 lets the system choose."),
        number("http.workers", "8", 1, 64, "Requests that are handled at the same time."),
        number("http.max_connections", "1024", 1, 65535, "Open connections; more are refused."),
        list("http.allowed_origins", "",
             "Origins other than our own that browsers may call from; empty keeps CORS closed."),
        text("dashboard.title", "Souk", "What the dashboard calls itself."),
        text(
            "dashboard.origin", "",
            "scheme://host[:port] at which browsers reach soukd through a proxy; https makes the cookie of a "
            "session __Host- and Secure. Empty: plain HTTP, where people sign in at localhost only."),
        text("dashboard.base_path", "/", "Path below which that proxy shows soukd; it takes the path off."),
        duration("dashboard.poll", "15s", "Pause between two looks of a dashboard that no stream reaches."),
        text("database.path", data + "/souk.db", "SQLite file; its folder is made when missing."),
        number("database.readers", "4", 1, 64, "Connections for reading."),
        list("engines.paths", "engines", "Engine folders, or folders of them."),
        text("cache.path", home_folder("XDG_CACHE_HOME", "/.cache"),
             "Where charts are unpacked; may be removed at any time."),
        text("token.path", data + "/admin-token",
             "File (mode 0600) that the first start writes the admin token to."),
        text("token.page_key_path", "",
             "File (mode 0600) with the key that page tokens are signed with, made when missing; empty is "
             "page-token-key beside token.path."),
        text("token.cli_context", home_folder("XDG_CONFIG_HOME", "/.config") + "/context.json",
             "Context file of the CLI that the first start writes; empty writes none."),
        text("cluster.kubeconfig", "", "Kubeconfig file of the cluster; empty uses the pod's own identity."),
        text("cluster.context", "", "Context in the kubeconfig; empty uses its current one."),
        text("cluster.host_suffix", "localhost", "Stores are reached at <slug>.<suffix>."),
        {.name = "cluster.scheme",
         .type = SettingType::Text,
         .default_value = "http",
         .allowed = {"http", "https"},
         .description = "Scheme of the stores' addresses."},
        number("cluster.public_port", "80", 1, 65535, "Port of the stores' addresses."),
        text("cluster.entry", "",
             "host:port of the entry point as soukd reaches it; empty resolves the store's host and uses "
             "cluster.public_port."),
        text("cluster.ingress_class", "traefik", "IngressClass of the stores' routes."),
        text("cluster.route_namespace", "traefik", "Namespace of the entry point's pods."),
        text("cluster.route_pod_label", "app.kubernetes.io/name=traefik", "Label of the entry point's pods."),
        text("cluster.dns_namespace", "kube-system", "Namespace of the cluster's DNS pods."),
        list("cluster.private_ranges", "",
             "Networks (CIDR) of pods, services and nodes outside the private ranges of the standards; "
             "stores do "
             "not reach them."),
        text("cluster.service_account", "souk-system/soukd",
             "namespace/name of soukd's own account, as charts/souk was given them."),
        text("cluster.api_account", "",
             "namespace/name of the second account that charts/souk makes with separateApi; it gets reading "
             "rights in the stores' namespaces. Empty: none."),
        text("cluster.pod_security_version", "v1.36",
             "Version of Pod Security that namespaces are pinned to; podSecurity.enforceVersion of "
             "charts/souk."),
        text("cluster.storage_class", "",
             "StorageClass of the stores' volumes; empty uses the cluster's default."),
        text("helm.program", "helm", "Helm 4 or 3: a name on PATH or a path."),
        duration("helm.timeout", "2m", "A helm call that takes longer is ended."),
        number("limits.stores", "10000", 1, 1000000, "Living stores on the platform."),
        number("limits.stores_per_team", "1000", 1, 1000000, "Living stores of one team."),
        number("limits.provisioning", "20", 1, 10000,
               "Stores in Provisioning at the same time; the rest waits."),
        number("limits.provisioning_per_team", "20", 1, 10000, "The same for one team."),
        number("jobs.workers", "4", 1, 256, "Stores that are worked on at the same time."),
        duration("jobs.lease", "30s", "A worker that is silent for so long has lost its job."),
        duration("jobs.reap_interval", "5s", "How often expired leases are looked for."),
        number("jobs.max_attempts", "20", 1, 1000,
               "Failed attempts, or attempts in which soukd died, until a job is stalled and a person is "
               "asked."),
        duration("jobs.backoff_base", "2s", "First pause after a failed attempt; doubles, with full jitter."),
        duration("jobs.backoff_cap", "5m", "Longest pause."),
        duration("reconcile.max_snooze", "30s", "Longest wait for a watch while a store is made or deleted."),
        duration("reconcile.sweep", "10m", "How often a Ready store is looked at without cause."),
        duration("reconcile.check_pause", "1s", "Pause between two runs of checks that do not pass yet."),
        duration("reconcile.unavailable_pause", "2s", "Pause while the API server does not answer."),
        duration("reconcile.uninstall_deadline", "2m",
                 "Then Helm's record is removed and the namespace takes the rest."),
        duration("reconcile.deletion_deadline", "10m", "Then NeedsAttention names what holds a deletion."),
        duration("reconcile.coalesce", "20ms", "Watch events of one store within this time are one wake."),
        flag("reconcile.keep_failed", "false", "Leave release and volumes of a failed creation for a look."),
        duration(
            "retention.interval", "1h",
            "How often what is older than its time is removed (events, operations, kept logs: 30 days)."),
        duration("usage.interval", "5m", "How often what each store uses is measured and kept for 30 days."),
        duration("shutdown.patience", "10s", "How long requests and steps may take to end at shutdown."),
        {.name = "log.level",
         .type = SettingType::Text,
         .default_value = "info",
         .allowed = {"debug", "info", "warning", "error"},
         .description = "Lowest level that is written."},
        {.name = "log.format",
         .type = SettingType::Text,
         .default_value = "auto",
         .allowed = {"auto", "json", "human"},
         .description = "auto: for people on a terminal, else JSON lines."},
        text("debug.fault_point", "",
             "Tests only: the process ends itself at this named point; a>b>c: at c, after a and b."),
        text("debug.fault_log", "",
             "Tests only: file that the names of passed fault points are appended to."),
        text("debug.fault_book", "",
             "Tests only: file of names; the process ends itself at a point that is missing there, and adds "
             "it."),
    };
}

/// "host:port" or "[v6]:port".
Result<std::pair<std::string, int>> parse_endpoint(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    const std::string port = colon == std::string::npos ? std::string() : text.substr(colon + 1);
    if (colon == 0 || port.empty() || port.size() > 5 ||
        port.find_first_not_of("0123456789") != std::string::npos) {
        return fail(ErrorCode::InvalidInput, "cluster.entry is not host:port: " + text);
    }
    return std::pair(text.substr(0, colon), std::stoi(port));
}

/// Sorts networks by family; each in its plain form.
Result<> read_networks(const std::vector<std::string>& texts, kube::KubeSettings& out) {
    for (const std::string& text : texts) {
        boost::system::error_code not_v4;
        boost::system::error_code not_v6;
        const auto v4 = boost::asio::ip::make_network_v4(text, not_v4);
        const auto v6 = boost::asio::ip::make_network_v6(text, not_v6);
        if (not_v4 && not_v6) {
            return fail(ErrorCode::InvalidInput, "cluster.private_ranges: not a network (CIDR): " + text);
        }
        if (!not_v4) {
            out.more_private_ranges_v4.push_back(v4.canonical().to_string());
        } else {
            out.more_private_ranges_v6.push_back(v6.canonical().to_string());
        }
    }
    return {};
}

Result<kube::PlatformAccount> read_account(const std::string& setting, const std::string& text) {
    const std::size_t slash = text.find('/');
    if (slash == 0 || slash == std::string::npos || slash + 1 == text.size()) {
        return fail(ErrorCode::InvalidInput, setting + " is not namespace/name: " + text);
    }
    return kube::PlatformAccount{text.substr(0, slash), text.substr(slash + 1)};
}

runtime::LogFormat log_format(const std::string& text) {
    if (text == "json") {
        return runtime::LogFormat::Json;
    }
    return text == "human" ? runtime::LogFormat::Human : runtime::LogFormat::Auto;
}

Result<Settings> build(const runtime::Settings& from) {
    const auto integer = [&](std::string_view name) { return static_cast<int>(from.integer(name)); };
    Settings out;
    out.http.address = from.text("http.address");
    out.http.port = static_cast<std::uint16_t>(from.integer("http.port"));
    out.http.worker_threads = integer("http.workers");
    out.http.max_connections = static_cast<std::size_t>(from.integer("http.max_connections"));
    out.allowed_origins = from.list("http.allowed_origins");
    out.dashboard_title = from.text("dashboard.title");
    out.dashboard_origin = from.text("dashboard.origin");
    out.dashboard_base_path = from.text("dashboard.base_path");
    out.dashboard_poll = std::chrono::ceil<std::chrono::seconds>(from.duration("dashboard.poll"));
    out.database_path = from.text("database.path");
    out.database_readers = integer("database.readers");
    for (const std::string& path : from.list("engines.paths")) {
        out.engine_paths.emplace_back(path);
    }
    out.cache_path = from.text("cache.path");
    out.token_path = from.text("token.path");
    out.page_token_key_path = from.text("token.page_key_path");
    if (out.page_token_key_path.empty()) {
        out.page_token_key_path =
            (std::filesystem::path(out.token_path).parent_path() / "page-token-key").string();
    }
    out.cli_context_path = from.text("token.cli_context");
    out.kubeconfig = from.text("cluster.kubeconfig");
    out.kube_context = from.text("cluster.context");
    if (!from.text("cluster.entry").empty()) {
        auto entry = parse_endpoint(from.text("cluster.entry"));
        if (!entry) {
            return forward(entry);
        }
        std::tie(out.entry_host, out.entry_port) = std::move(*entry);
    }
    const std::string& label = from.text("cluster.route_pod_label");
    const std::size_t equals = label.find('=');
    if (equals == std::string::npos) {
        return fail(ErrorCode::InvalidInput, "cluster.route_pod_label is not name=value: " + label);
    }
    out.cluster = {.host_suffix = from.text("cluster.host_suffix"),
                   .scheme = from.text("cluster.scheme"),
                   .public_port = integer("cluster.public_port"),
                   .ingress_class = from.text("cluster.ingress_class"),
                   .dns_namespace = from.text("cluster.dns_namespace"),
                   .route_namespace = from.text("cluster.route_namespace"),
                   .route_pod_labels = {{label.substr(0, equals), label.substr(equals + 1)}},
                   .storage_class = from.text("cluster.storage_class")};
    if (auto read = read_networks(from.list("cluster.private_ranges"), out.kube); !read) {
        return forward(read);
    }
    auto account = read_account("cluster.service_account", from.text("cluster.service_account"));
    if (!account) {
        return forward(account);
    }
    out.kube.worker = std::move(*account);
    if (const std::string& api = from.text("cluster.api_account"); !api.empty()) {
        auto reader = read_account("cluster.api_account", api);
        if (!reader) {
            return forward(reader);
        }
        out.kube.api = std::move(*reader);
    }
    out.kube.pod_security_version = from.text("cluster.pod_security_version");
    out.helm_program = from.text("helm.program");
    out.limits = {.stores_per_team = integer("limits.stores_per_team"),
                  .stores = integer("limits.stores"),
                  .provisioning_per_team = integer("limits.provisioning_per_team"),
                  .provisioning = integer("limits.provisioning")};
    out.workers = integer("jobs.workers");
    out.jobs = {.lease = from.duration("jobs.lease"),
                .backoff_base = from.duration("jobs.backoff_base"),
                .backoff_cap = from.duration("jobs.backoff_cap"),
                .max_attempts = integer("jobs.max_attempts")};
    out.reap_interval = from.duration("jobs.reap_interval");
    out.reconcile = {.max_snooze = from.duration("reconcile.max_snooze"),
                     .sweep = from.duration("reconcile.sweep"),
                     .check_pause = from.duration("reconcile.check_pause"),
                     .unavailable_pause = from.duration("reconcile.unavailable_pause"),
                     .helm_timeout = std::chrono::ceil<std::chrono::seconds>(from.duration("helm.timeout")),
                     .uninstall_deadline = from.duration("reconcile.uninstall_deadline"),
                     .deletion_deadline = from.duration("reconcile.deletion_deadline"),
                     .keep_failed = from.boolean("reconcile.keep_failed")};
    out.retention_interval = from.duration("retention.interval");
    out.usage_interval = from.duration("usage.interval");
    out.coalesce = from.duration("reconcile.coalesce");
    out.shutdown_patience = from.duration("shutdown.patience");
    const auto level = runtime::parse_log_level(from.text("log.level"));
    if (!level) {
        return forward(level);
    }
    out.log_level = *level;
    out.log_format = log_format(from.text("log.format"));
    out.faults = {.kill_at = from.text("debug.fault_point"),
                  .log = from.text("debug.fault_log"),
                  .book = from.text("debug.fault_book")};
    return out;
}

}  // namespace

const runtime::SettingsTable& settings_table() {
    static const runtime::SettingsTable table("SOUK_", definitions());
    return table;
}

Result<Settings> load(const std::vector<std::string>& flags) {
    runtime::SettingsSources sources;
    sources.environment = runtime::process_environment();
    // Variables with our prefix that belong to the scripts, the CLI and the build, not to soukd.
    sources.ignored_environment = {"SOUK_CONFIG",        "SOUK_CACHE",       "SOUK_STATE",
                                   "SOUK_KUBECONFIG",    "SOUK_SERVER",      "SOUK_TOKEN",
                                   "SOUK_ENTRY",         "SOUK_HOST_SUFFIX", "SOUK_PUBLIC_PORT",
                                   "SOUK_INGRESS_CLASS", "SOUK_BIN_PATH",    "SOUK_TOKEN_FILE"};
    sources.flags = flags;
    sources.file_name = environment("SOUK_CONFIG");
    if (!sources.file_name.empty()) {
        auto text = runtime::read_settings_file(sources.file_name);
        if (!text) {
            return forward(text);
        }
        sources.file_text = std::move(*text);
    }
    const auto loaded = runtime::load_settings(settings_table(), sources);
    if (!loaded) {
        return forward(loaded);
    }
    return build(*loaded);
}

}  // namespace souk::daemon
