#include "adapters/http/routes.hpp"
#include "adapters/http/wire.hpp"

// /api/v1/engines and /api/v1/plans

namespace souk::http {

void add_catalogue_routes(Routes& routes) {
    const ContextPtr context = routes.context();
    routes.add("GET", "/api/v1/engines", [context](const runtime::Request&, const app::Caller&) {
        boost::json::array engines;
        for (const auto& pack : context->parts.engines.list()) {
            engines.push_back(to_json(pack->engine));
        }
        return json_response(200, {{"engines", std::move(engines)}});
    });
    routes.add("GET", "/api/v1/engines/{name}",
               [context](const runtime::Request& request, const app::Caller&) -> Result<runtime::Response> {
                   const auto pack = context->parts.engines.find(request.param("name"));
                   if (pack == nullptr) {
                       return fail(ErrorCode::NotFound, "there is no such engine", "EngineNotFound");
                   }
                   return json_response(200, to_json(pack->engine));
               });
    routes.add("GET", "/api/v1/plans", [context](const runtime::Request&, const app::Caller&) {
        boost::json::array plans;
        for (const Plan& plan : context->parts.plans) {
            plans.push_back(to_json(plan));
        }
        return json_response(200, {{"plans", std::move(plans)}});
    });
}

}  // namespace souk::http
