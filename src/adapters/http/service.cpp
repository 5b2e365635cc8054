#include "adapters/http/routes.hpp"
#include "adapters/http/wire.hpp"

// Health, probes and metrics

namespace souk::http {
namespace {

runtime::Response health(const Context& context, const runtime::Request& request) {
    const ApiParts& parts = context.parts;
    const auto found = app::CheckHealth(parts.database, parts.cluster)(request.stop);
    auto response =
        json_response(found.database.problem.empty() ? 200 : 503, to_json(found, parts.settings.version));
    if (response.status == 503) {
        response.headers.set("Retry-After", "2");
    }
    return response;
}

}  // namespace

void add_service_routes(Routes& routes) {
    const ContextPtr context = routes.context();
    for (const char* path : {"/api/v1/health", "/health", "/health/live", "/health/ready"}) {
        routes.add("GET", path, [context](const runtime::Request& request, const app::Caller&) {
            return health(*context, request);
        });
    }
    routes.add_open("GET", "/livez",
                    [](const runtime::Request&) { return runtime::Response::text(200, "ok\n"); });
    routes.add_open("GET", "/readyz", [context](const runtime::Request&) -> Result<runtime::Response> {
        if (!context->parts.database.ping()) {
            return fail(ErrorCode::Unavailable, "the database does not answer", "NotReady");
        }
        return runtime::Response::text(200, "ok\n");
    });
    routes.add("GET", "/metrics", [context](const runtime::Request&, const app::Caller&) {
        return runtime::Response::with_type(200, "text/plain; version=0.0.4; charset=utf-8",
                                            context->parts.metrics.render());
    });
}

}  // namespace souk::http
