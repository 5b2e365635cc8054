#include "adapters/http/fields.hpp"
#include "adapters/http/routes.hpp"
#include "adapters/http/wire.hpp"
#include "app/stores/find_store.hpp"
#include "app/stores/read_receipt.hpp"
#include "app/stores/reveal_credentials.hpp"

// /api/v1/stores/{id}/steps, /pods, /credentials and /receipt

namespace souk::http {
namespace {

Result<runtime::Response> steps(const Context& context, const runtime::Request& request,
                                const app::Caller& caller) {
    const auto store = app::find_store(context.parts.database, caller, request.param("id"));
    if (!store) {
        return forward(store);
    }
    return json_response(200, progress_json(store->steps));
}

Result<runtime::Response> pods(const Context& context, const runtime::Request& request,
                               const app::Caller& caller) {
    const auto store = app::find_store(context.parts.database, caller, request.param("id"));
    if (!store) {
        return forward(store);
    }
    if (store->phase == Phase::Deleted) {
        return fail(ErrorCode::Gone, "the store was deleted", "StoreDeleted");
    }
    const auto found = context.parts.cluster.pods(app::StoreRef::of(*store), request.stop);
    boost::json::array list;
    if (!found && found.error().code != ErrorCode::NotFound) {
        return forward(found);
    }
    if (found) {
        for (const app::PodInfo& pod : *found) {
            list.push_back(to_json(pod));
        }
    }
    return json_response(200, {{"pods", std::move(list)}});
}

Result<runtime::Response> reveal(const Context& context, const runtime::Request& request,
                                 const app::Caller& caller) {
    auto fields = Fields::of_body(request);
    if (!fields) {
        return forward(fields);
    }
    const std::string reason = fields->text("reason");
    if (auto valid = fields->done(); !valid) {
        return forward(valid);
    }
    const ApiParts& parts = context.parts;
    const auto login = app::RevealCredentials(parts.database, parts.cluster, parts.signals)(
        request.param("id"), reason, caller, request.stop);
    if (!login) {
        return forward(login);
    }
    return json_response(200, {{"username", login->username}, {"password", login->password.reveal()}});
}

Result<runtime::Response> receipt(const Context& context, const runtime::Request& request,
                                  const app::Caller& caller) {
    const auto found = app::ReadReceipt(context.parts.database)(request.param("id"), caller);
    if (!found) {
        return forward(found);
    }
    return json_response(200, to_json(*found));
}

}  // namespace

void add_store_inside_routes(Routes& routes) {
    const ContextPtr context = routes.context();
    routes.add("GET", "/api/v1/stores/{id}/steps",
               [context](const runtime::Request& request, const app::Caller& caller) {
                   return steps(*context, request, caller);
               });
    routes.add("GET", "/api/v1/stores/{id}/pods",
               [context](const runtime::Request& request, const app::Caller& caller) {
                   return pods(*context, request, caller);
               });
    routes.add("POST", "/api/v1/stores/{id}/credentials",
               [context](const runtime::Request& request, const app::Caller& caller) {
                   return reveal(*context, request, caller);
               });
    routes.add("GET", "/api/v1/stores/{id}/receipt",
               [context](const runtime::Request& request, const app::Caller& caller) {
                   return receipt(*context, request, caller);
               });
}

}  // namespace souk::http
