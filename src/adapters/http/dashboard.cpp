#include "adapters/http/page.hpp"
#include "adapters/http/routes.hpp"
#include "adapters/http/wire.hpp"

#include <memory>

// The dashboard: /api/v1/dashboard, and its page wherever nothing else is

namespace souk::http {

void add_dashboard_routes(Routes& routes) {
    const ContextPtr context = routes.context();
    const auto page =
        std::make_shared<const Page>(embedded_page(), context->site.base_path(),
                                     [&crypto = context->parts.crypto] { return crypto.random_token(); });
    routes.add_open("GET", "/api/v1/dashboard", [context](const runtime::Request&) {
        const ApiSettings& settings = context->parts.settings;
        return json_response(200, {{"title", settings.title},
                                   {"base_path", context->site.base_path()},
                                   {"poll_seconds", settings.poll.count()},
                                   {"version", settings.version}});
    });
    routes.add_otherwise([page](const runtime::Request& request) { return page->answer(request); });
}

}  // namespace souk::http
