#pragma once

#include "adapters/http/context.hpp"
#include "app/access/caller.hpp"
#include "core/common/result.hpp"
#include "runtime/http/router.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace souk::http {

/// What a handler of ours looks like: an error becomes a problem document.
using CallerHandler = std::function<Result<runtime::Response>(const runtime::Request&, const app::Caller&)>;
using OpenHandler = std::function<Result<runtime::Response>(const runtime::Request&)>;

/// Adds routes and wraps each handler: authentication, problem documents, security headers, CORS. Remembers
/// the first error.
class Routes {
public:
    Routes(runtime::Router& router, ContextPtr context) : router_(router), context_(std::move(context)) {}

    const ContextPtr& context() const { return context_; }
    void add(std::string_view method, std::string_view pattern, CallerHandler handler);
    /// Without authentication: probes, and what authenticates by itself.
    void add_open(std::string_view method, std::string_view pattern, OpenHandler handler);
    /// For GET of every path that has no route; without authentication.
    void add_otherwise(OpenHandler handler);
    /// Preflight answers for every path, if any other site may call. Ends the list.
    Result<> finish();

private:
    void add_raw(std::string_view method, std::string_view pattern, runtime::RouteHandler handler);

    runtime::Router& router_;
    ContextPtr context_;
    std::map<std::string, std::string> methods_;  // by pattern, for preflight
    Result<> outcome_;
};

/// Who asks: by the bearer token, else by the session. Unauthenticated with the same words for every failure.
Result<app::Caller> authenticate(const Context& context, const runtime::Request& request);

// One per file.
void add_session_routes(Routes& routes);
void add_store_list_routes(Routes& routes);
void add_store_routes(Routes& routes);
void add_store_action_routes(Routes& routes);
void add_store_inside_routes(Routes& routes);
void add_log_routes(Routes& routes);
void add_operation_routes(Routes& routes);
void add_event_routes(Routes& routes);
void add_event_socket_routes(Routes& routes);
void add_stats_routes(Routes& routes);
void add_resource_routes(Routes& routes);
void add_usage_routes(Routes& routes);
void add_catalogue_routes(Routes& routes);
void add_service_routes(Routes& routes);
void add_contract_routes(Routes& routes);
void add_dashboard_routes(Routes& routes);

}  // namespace souk::http
