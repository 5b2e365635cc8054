#include "adapters/http/api.hpp"

#include "adapters/http/routes.hpp"

#include <algorithm>
#include <utility>

namespace souk::http {
namespace {
constexpr std::size_t kLeastKey = 32;
}

Result<> add_routes(runtime::Router& router, ApiParts& parts) {
    if (parts.settings.page_token_key.reveal().size() < kLeastKey) {
        return fail(ErrorCode::InvalidInput, "the page token key needs at least 32 bytes");
    }
    auto origins = Origins::make(parts.settings.allowed_origins);
    if (!origins) {
        return forward(origins);
    }
    auto site = Site::make(parts.settings.origin, parts.settings.base_path);
    if (!site) {
        return forward(site);
    }
    const SessionCookie cookie(site->https());
    const ContextPtr context(new Context{
        parts, std::move(*site), cookie, std::move(*origins), PageTokens(parts.settings.page_token_key),
        LogFollowers(static_cast<std::size_t>(std::max(parts.settings.log_followers, 1)))});
    Routes routes(router, context);
    add_session_routes(routes);
    add_store_list_routes(routes);
    add_store_routes(routes);
    add_store_action_routes(routes);
    add_store_inside_routes(routes);
    add_log_routes(routes);
    add_operation_routes(routes);
    add_event_routes(routes);
    add_event_socket_routes(routes);
    add_stats_routes(routes);
    add_resource_routes(routes);
    add_usage_routes(routes);
    add_catalogue_routes(routes);
    add_service_routes(routes);
    add_contract_routes(routes);
    add_dashboard_routes(routes);
    return routes.finish();
}

}  // namespace souk::http
