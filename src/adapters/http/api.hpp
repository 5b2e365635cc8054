#pragma once

#include "adapters/http/session_streams.hpp"
#include "app/events/event_hub.hpp"
#include "app/events/object_hints.hpp"
#include "app/ports/cluster.hpp"
#include "app/ports/crypto.hpp"
#include "app/ports/database.hpp"
#include "app/ports/engines.hpp"
#include "app/ports/ids.hpp"
#include "app/ports/signals.hpp"
#include "app/stores/limits.hpp"
#include "core/common/secret.hpp"
#include "core/plan/plan.hpp"
#include "runtime/http/error_renderer.hpp"
#include "runtime/http/router.hpp"
#include "runtime/logging/log.hpp"
#include "runtime/metrics/metrics.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace souk::http {

struct ApiSettings {
    std::string version;  // of soukd, for health
    std::vector<std::string>
        allowed_origins;  // "https://shop.example": other sites that may call the API; empty: none
    std::string origin;   // "https://souk.example", of the proxy in front; empty: plain HTTP, sign-in at
                          // localhost only
    std::string base_path = "/";    // below which that proxy shows us, and which it takes off
    std::string title = "Souk";     // of the dashboard
    std::chrono::seconds poll{15};  // between two looks of a dashboard that no stream reaches
    Secret page_token_key;          // at least 32 bytes, the same in every process that serves the API
    int log_followers = 16;         // followed logs at a time; each costs a thread while it is open
    int job_workers = 4;            // of this soukd, for /stats
};

/// What the API needs. Everything outlives the router and the server; all of it is used by many threads at
/// once.
struct ApiParts {
    app::Database& database;
    app::IdSource& ids;
    app::Crypto& crypto;
    app::Signals& signals;
    app::EventHub& events;           // somebody else pumps it, woken by signals.events_appended()
    app::ObjectHints& object_hints;  // somebody else notes and flushes them
    app::Cluster& cluster;
    app::EngineCatalogue& engines;
    const std::vector<Plan>& plans;
    const app::ClusterSettings& cluster_settings;
    const app::Limits& limits;
    runtime::Metrics& metrics;
    const runtime::Logger& logger;
    ApiSettings settings;
    /// What sessions have open. Somebody else lets it end what belongs to expired ones.
    std::shared_ptr<SessionStreams> streams = std::make_shared<SessionStreams>();
};

/// Adds every path of api/openapi.yaml (and OPTIONS for them when origins are allowed). The handlers refer to
/// `parts`, which must outlive the router. They own the threads of followed logs, which end with the router:
/// shut the server down before. InvalidInput when the page token key is too short, an origin is no origin
/// or the base path no path;
/// Conflict when a path is taken.
Result<> add_routes(runtime::Router& router, ApiParts& parts);

/// Every error of router and server in the API's form (RFC 9457), for `runtime::Router` and
/// `runtime::Server`.
runtime::ErrorRenderer problem_renderer();

}  // namespace souk::http
