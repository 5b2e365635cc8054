#include "adapters/http/parameters.hpp"
#include "adapters/http/routes.hpp"
#include "adapters/http/wire.hpp"
#include "app/stores/read_resources.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <memory>
#include <utility>

// /api/v1/stores/{id}/resources

namespace souk::http {
namespace {

namespace json = boost::json;

json::object resource_json(const app::ResourceInfo& info) {
    return {{"kind", info.kind},
            {"name", info.name},
            {"parent", or_null(info.parent)},
            {"component", info.component},
            {"health", app::to_string(info.health)},
            {"reason", info.reason},
            {"message", info.message},
            {"created", to_rfc3339(info.created)}};
}

Result<json::object> detail_json(const app::ResourceDetail& detail) {
    json::error_code error;
    json::value object = json::parse(detail.object_json, error);
    if (error) {
        return fail(ErrorCode::Internal, "an object of the cluster is no JSON");
    }
    json::array events;
    for (const app::ResourceEvent& event : detail.events) {
        events.push_back(json::object{{"type", event.type},
                                      {"reason", event.reason},
                                      {"message", event.message},
                                      {"count", event.count},
                                      {"first", to_rfc3339(event.first)},
                                      {"last", to_rfc3339(event.last)}});
    }
    return json::object{{"object", std::move(object)}, {"events", std::move(events)}};
}

}  // namespace

void add_resource_routes(Routes& routes) {
    const ContextPtr context = routes.context();
    const auto read = std::make_shared<app::ReadResources>(
        context->parts.database, context->parts.cluster, std::chrono::steady_clock::now,
        [&hints = context->parts.object_hints](const StoreId& store) { return hints.told(store); });
    routes.add(
        "GET", "/api/v1/stores/{id}/resources",
        [read](const runtime::Request& request, const app::Caller& caller) -> Result<runtime::Response> {
            const auto found = read->list(request.param("id"), caller, request.stop);
            if (!found) {
                return forward(found);
            }
            json::array list;
            for (const app::ResourceInfo& info : **found) {
                list.push_back(resource_json(info));
            }
            return json_response(200, {{"resources", std::move(list)}});
        });
    routes.add(
        "GET", "/api/v1/stores/{id}/resources/{kind}/{name}",
        [read](const runtime::Request& request, const app::Caller& caller) -> Result<runtime::Response> {
            const auto found = read->read(request.param("id"), std::string(request.param("kind")),
                                          std::string(request.param("name")), caller, request.stop);
            if (!found) {
                return forward(found);
            }
            const auto body = detail_json(**found);
            if (!body) {
                return forward(body);
            }
            return json_response(200, *body);
        });
}

}  // namespace souk::http
