#include "daemon/wiring.hpp"

#include "adapters/engines/catalogue.hpp"
#include "adapters/engines/checks.hpp"
#include "adapters/engines/renderer.hpp"
#include "adapters/helm/cli_helm_driver.hpp"
#include "adapters/http/api.hpp"
#include "adapters/http/http_metrics.hpp"
#include "adapters/kube/kube_cluster.hpp"
#include "adapters/sql/sqlite_database.hpp"
#include "app/access/first_token.hpp"
#include "app/access/living_sessions.hpp"
#include "app/events/event_hub.hpp"
#include "app/events/object_hints.hpp"
#include "app/faults/faulting_engine_checks.hpp"
#include "app/faults/faulting_helm_driver.hpp"
#include "app/jobs/job_runner.hpp"
#include "app/jobs/report_stalled.hpp"
#include "app/jobs/wake_stores.hpp"
#include "app/reconcile/extend_deadlines.hpp"
#include "app/reconcile/store_reconciler.hpp"
#include "app/retention/remove_old.hpp"
#include "app/stores/sample_usage.hpp"
#include "daemon/cluster_access.hpp"
#include "daemon/fault_switch.hpp"
#include "daemon/faulting_http_client.hpp"
#include "daemon/first_start.hpp"
#include "daemon/reconcile_lag.hpp"
#include "daemon/reporter.hpp"
#include "daemon/request_log.hpp"
#include "runtime/crypto/encoding.hpp"
#include "runtime/crypto/hash.hpp"
#include "runtime/crypto/random.hpp"
#include "runtime/crypto/uuid.hpp"
#include "runtime/http/client_curl.hpp"
#include "runtime/http/router.hpp"
#include "runtime/http/server.hpp"
#include "runtime/process/file_lock.hpp"
#include "runtime/process/posix_process_runner.hpp"
#include "runtime/threads/notifier.hpp"
#include "runtime/threads/worker_pool.hpp"
#include "runtime/time/clock.hpp"

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

namespace souk::daemon {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kHintPause(100);      // between two hints
constexpr milliseconds kSessionCheck(5000);  // a stream outlives its session by that at most

struct Ids final : app::IdSource {
    std::array<std::uint8_t, 16> next() override { return source.next(); }
    runtime::UuidV7Source source;
};

struct SystemCrypto final : app::Crypto {
    std::string random_token() override { return runtime::base64url_encode(runtime::random_bytes(32)); }
    std::string sha256_hex(std::string_view text) const override { return runtime::sha256_hex(text); }
};

struct Notifiers final : app::Signals {
    void jobs_changed() override { jobs.notify(); }
    void events_appended() override { events.notify(); }
    void stop_running(const StoreId& store) override {
        if (app::JobRunner* const now = runner.load()) {
            now->stop_running(store);
        }
    }
    runtime::Notifier jobs;
    runtime::Notifier events;
    std::atomic<app::JobRunner*> runner = nullptr;  // set while there is one
};

/// A thread that runs `work` when it is notified and every `at_most` at the latest.
class Loop {
public:
    Loop(std::string name, runtime::Notifier& notifier, milliseconds at_most, const runtime::Logger& log,
         std::function<void(std::stop_token)> work)
        : pool_(
              {.name = std::move(name),
               .threads = 1,
               .idle = milliseconds(100),
               .on_escape = [log](std::string_view what) { log.error("a loop threw", {{"detail", what}}); }},
              [this, &notifier, at_most, work = std::move(work)](std::stop_token stop) {
                  notifier.wait(seen_, at_most, stop);
                  if (!stop.stop_requested()) {
                      work(stop);
                  }
                  return !stop.stop_requested();
              }) {}

private:
    std::uint64_t seen_ = 0;
    runtime::WorkerPool pool_;  // last member: its thread uses the one above
};

std::vector<std::string> names_of(const std::vector<Plan>& plans) {
    std::vector<std::string> names;
    names.reserve(plans.size());
    for (const Plan& plan : plans) {
        names.push_back(plan.name);
    }
    return names;
}

sql::CommitHook commit_points(const app::FaultPoint& reach) {
    return [&reach](std::string_view name, sql::CommitMoment moment) {
        reach("commit." + std::string(name) + (moment == sql::CommitMoment::Before ? ".before" : ".after"));
    };
}

std::string path_variable() {
    for (const auto& [name, value] : runtime::process_environment()) {
        if (name == "PATH") {
            return value;
        }
    }
    return "/usr/local/bin:/usr/bin:/bin";
}

}  // namespace

Result<> serve(const Settings& settings, std::stop_token stop) {
    namespace fs = std::filesystem;
    const runtime::Logger log({.level = settings.log_level, .format = settings.log_format});
    runtime::Metrics metrics;
    Notifiers signals;
    Ids ids;
    SystemCrypto crypto;
    const std::vector<Plan> plans = default_plans();
    FaultSwitch faults(settings.faults);
    const app::FaultPoint reach = [&faults](std::string_view name) { faults.reach(name); };

    std::error_code folder_error;
    fs::create_directories(fs::path(settings.database_path).parent_path(), folder_error);
    const auto sole = runtime::FileLock::take(settings.database_path + ".lock");
    if (!sole) {
        return tl::unexpected(Error(sole.error()).within("another soukd uses " + settings.database_path));
    }
    auto sqlite = sql::SqliteDatabase::open(
        settings.database_path, {.read_connections = settings.database_readers,
                                 .commit_hook = faults.wanted() ? commit_points(reach) : sql::CommitHook()});
    if (!sqlite) {
        return tl::unexpected(
            std::move(sqlite).error().within("open the database " + settings.database_path));
    }
    app::Database& database = **sqlite;

    engines::FolderEngineCatalogue catalogue(
        {.paths = settings.engine_paths, .cache = settings.cache_path, .plans = names_of(plans)});
    for (const engines::BrokenEngine& broken : catalogue.reload()) {
        log.error("engine is left out", {{"folder", broken.folder}, {"detail", broken.error.message}});
    }
    engines::ManifestRenderer renderer;

    runtime::CurlHttpClient http_client;
    engines::HttpEngineChecks http_checks(
        http_client, {.entry_address = settings.entry_host, .entry_port = settings.entry_port});
    app::FaultingEngineChecks faulting_checks(http_checks, reach);
    app::EngineChecks& checks =
        faults.wanted() ? static_cast<app::EngineChecks&>(faulting_checks) : http_checks;
    runtime::PosixProcessRunner processes({.base_env = {{"PATH", path_variable()}, {"LANG", "C.UTF-8"}}});
    auto access = cluster_access(settings, runtime::process_environment());
    if (!access) {
        return tl::unexpected(std::move(access).error().within("find the cluster"));
    }
    app::EventHub events(database);
    app::WakeStores wakes(database, signals);
    app::ObjectHints hints(database, events);
    runtime::Notifier wake_noted;
    runtime::Notifier hint_noted;
    ReconcileLag lag;
    kube::KubeSettings kube_settings = settings.kube;
    kube_settings.log = log;
    kube_settings.client.exec_env = access->exec_env;
    kube_settings.on_change = [&](const StoreId& store) {
        wakes.add(store);
        lag.changed(store, ReconcileLag::Clock::now());
        wake_noted.notify();
    };
    kube_settings.on_objects = [&](const StoreId& store) {
        if (hints.add(store)) {
            hint_noted.notify();
        }
    };
    FaultingHttpClient faulting_http(http_client, reach);
    runtime::HttpClient& kube_http =
        faults.wanted() ? static_cast<runtime::HttpClient&>(faulting_http) : http_client;
    kube::KubeCluster cluster(access->kubeconfig, kube_http, &processes, kube_settings, settings.cluster);
    helm::CliHelmDriver cli_helm(processes, access->helm);
    app::FaultingHelmDriver faulting_helm(cli_helm, reach);
    app::HelmDriver& helm = faults.wanted() ? static_cast<app::HelmDriver&>(faulting_helm) : cli_helm;

    auto page_key = page_token_key(settings.page_token_key_path, reach);
    if (!page_key) {
        return forward(page_key);
    }

    runtime::Router router(http::problem_renderer());
    http::ApiParts parts{.database = database,
                         .ids = ids,
                         .crypto = crypto,
                         .signals = signals,
                         .events = events,
                         .object_hints = hints,
                         .cluster = cluster,
                         .engines = catalogue,
                         .plans = plans,
                         .cluster_settings = settings.cluster,
                         .limits = settings.limits,
                         .metrics = metrics,
                         .logger = log,
                         .settings = {.version = SOUK_VERSION,
                                      .allowed_origins = settings.allowed_origins,
                                      .origin = settings.dashboard_origin,
                                      .base_path = settings.dashboard_base_path,
                                      .title = settings.dashboard_title,
                                      .poll = settings.dashboard_poll,
                                      .page_token_key = std::move(*page_key),
                                      .job_workers = settings.workers}};
    if (auto added = http::add_routes(router, parts); !added) {
        return added;
    }
    metrics.before_render([&] {
        report_connections(database, metrics);
        report_counts(database, metrics, log);
    });
    const runtime::Observer measure = http::http_observer(metrics);
    runtime::Server server(
        settings.http, [&router](runtime::Request& request) { return router.handle(request); },
        http::problem_renderer(),
        [&](const runtime::Exchange& exchange) {
            measure(exchange);
            log_request(log, exchange);
        });
    if (auto started = server.start(); !started) {
        return started;
    }
    const std::string address = "http://" + settings.http.address + ":" + std::to_string(server.port());
    const auto first = app::FirstToken(database, ids, crypto)([&](const Secret& token) {
        return write_first_token(
            token, {.token = settings.token_path, .context = settings.cli_context_path, .server = address},
            reach);
    });
    if (!first) {
        return tl::unexpected(Error(first.error()).within("write the admin token"));
    }
    if (*first) {
        log.info("the admin token of the first start was written", {{"path", settings.token_path}});
    }

    Reporter reporter(log, metrics);
    const app::StoreReconciler reconciler({database, cluster, helm, catalogue, renderer, checks, signals,
                                           reporter, plans, settings.cluster, settings.limits,
                                           settings.reconcile});
    app::JobRunner runner(
        database, signals, settings.jobs, "soukd-" + runtime::hex_encode(runtime::random_bytes(6)),
        [&](const Job& job, std::stop_token token) {
            if (const auto waited = lag.turn_begins(job.store_id, ReconcileLag::Clock::now())) {
                reporter.reconcile_lag(*waited);
            }
            return reconciler.turn(job, std::move(token));
        },
        app::report_stalled, [] { return runtime::random_unit(); });

    signals.runner = &runner;
    if (auto extended = app::ExtendDeadlines(database)(); !extended) {
        return tl::unexpected(Error(extended.error()).within("extend the deadlines of creations"));
    }

    runtime::Notifier never;
    const auto escaped = [log](std::string_view what) { log.error("a worker threw", {{"detail", what}}); };
    {
        // Everything below stops in the opposite order when this block is left: first the claims, last the
        // leases.
        const Loop lease_loop("leases", never, settings.jobs.lease / 3, log, [&](const std::stop_token&) {
            reporter.leases_lost("holder", runner.renew_leases());
        });
        const Loop reap_loop("reaper", never, settings.reap_interval, log,
                             [&](const std::stop_token&) { reporter.leases_lost("reaper", runner.reap()); });
        const Loop retention_loop(
            "retention", never, settings.retention_interval, log, [&](const std::stop_token&) {
                if (auto removed = app::RemoveOld(database, {})(); !removed) {
                    log.warning("old rows could not be removed", {{"detail", removed.error().message}});
                }
            });
        const Loop usage_loop("usage", never, settings.usage_interval, log, [&](std::stop_token token) {
            if (auto sampled = app::SampleUsage(database, cluster)(std::move(token)); !sampled) {
                log.warning("usage could not be measured", {{"detail", sampled.error().message}});
            }
        });
        const Loop event_loop("events", signals.events, milliseconds(1000), log, [&](const std::stop_token&) {
            if (auto pumped = events.pump(); !pumped) {
                log.warning("events could not be read", {{"detail", pumped.error().message}});
            }
        });
        const Loop session_loop("sessions", never, kSessionCheck, log, [&](const std::stop_token&) {
            if (auto ended = parts.streams->end_expired(app::LivingSessions(database)); !ended) {
                log.warning("sessions could not be read", {{"detail", ended.error().message}});
            }
        });
        const Loop wake_loop("wakes", wake_noted, milliseconds(5000), log, [&](const std::stop_token& token) {
            if (auto flushed = wakes.flush(); !flushed) {
                log.warning("wakes could not be written", {{"detail", flushed.error().message}});
            }
            // The first event goes at once; those that follow within the pause are one wake.
            runtime::sleep_for(settings.coalesce, token);
        });
        const Loop hint_loop("hints", hint_noted, milliseconds(5000), log, [&](const std::stop_token& token) {
            const auto more = hints.flush();
            if (!more) {
                log.warning("hints could not be given", {{"detail", more.error().message}});
            } else if (*more) {
                hint_noted.notify();
            }
            // As wakes: the first at once, those that follow within the pause together.
            runtime::sleep_for(kHintPause, token);
        });
        runtime::WorkerPool informer({.name = "informer", .on_escape = escaped}, [&](std::stop_token token) {
            cluster.run(std::move(token));
            return false;
        });
        runtime::WorkerPool workers({.name = "job",
                                     .threads = static_cast<std::size_t>(settings.workers),
                                     .idle = milliseconds(1000),
                                     .on_escape = escaped},
                                    [&](std::stop_token token) { return runner.run_one(std::move(token)); });
        const Loop job_signal("jobs", signals.jobs, milliseconds(1000), log,
                              [&](const std::stop_token&) { workers.wake(); });
        log.info("soukd is ready", {{"address", address}, {"version", SOUK_VERSION}});

        std::uint64_t seen = 0;
        while (!stop.stop_requested()) {
            never.wait(seen, std::chrono::hours(1), stop);
        }
        log.info("soukd stops");
        server.shutdown(settings.shutdown_patience);
        signals.runner = nullptr;
    }
    return {};
}

}  // namespace souk::daemon
