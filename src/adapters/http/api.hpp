#pragma once

#include "app/events/event_hub.hpp"
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

#include <string>
#include <vector>

namespace souk::http {

struct ApiSettings {
    std::string version;  // of soukd, for health
    std::vector<std::string>
        allowed_origins;     // "https://shop.example": other sites that may call the API; empty: none
    Secret page_token_key;   // at least 32 bytes, the same in every process that serves the API
    int log_followers = 16;  // followed logs at a time; each costs a thread while it is open
};

/// What the API needs. Everything outlives the router and the server; all of it is used by many threads at
/// once.
struct ApiParts {
    app::Database& database;
    app::IdSource& ids;
    app::Crypto& crypto;
    app::Signals& signals;
    app::EventHub& events;  // somebody else pumps it, woken by signals.events_appended()
    app::Cluster& cluster;
    const app::EngineCatalogue& engines;
    const std::vector<Plan>& plans;
    const app::ClusterSettings& cluster_settings;
    const app::Limits& limits;
    runtime::Metrics& metrics;
    const runtime::Logger& logger;
    ApiSettings settings;
};

/// Adds every path of api/openapi.yaml (and OPTIONS for them when origins are allowed). The handlers refer to
/// `parts`, which must outlive the router. They own the threads of followed logs, which end with the router:
/// shut the server down before. InvalidInput when the page token key is too short or an origin is no origin;
/// Conflict when a path is taken.
Result<> add_routes(runtime::Router& router, ApiParts& parts);

/// Every error of router and server in the API's form (RFC 9457), for `runtime::Router` and
/// `runtime::Server`.
runtime::ErrorRenderer problem_renderer();

}  // namespace souk::http
