#include "adapters/http/fields.hpp"
#include "adapters/http/parameters.hpp"
#include "adapters/http/problem.hpp"
#include "adapters/http/routes.hpp"
#include "adapters/http/wire.hpp"
#include "app/stores/delete_store.hpp"
#include "app/stores/read_store.hpp"
#include "app/stores/rename_store.hpp"
#include "runtime/http/etag.hpp"

#include <optional>

// /api/v1/stores/{id}

namespace souk::http {
namespace {

/// 410 with the way to the proof.
runtime::Response gone(const runtime::Request& request, const StoreId& id) {
    const std::string receipt = path_of(id) + "/receipt";
    return to_response(
               {410, "store_deleted", "the store was deleted; its receipt stays", {}, {{"receipt", receipt}}},
               &request)
        .with_header("Link", "<" + receipt + ">; rel=\"describedby\"");
}

Result<runtime::Response> read(const Context& context, const runtime::Request& request,
                               const app::Caller& caller) {
    const auto view = app::ReadStore(context.parts.database)(request.param("id"), caller);
    if (!view) {
        return forward(view);
    }
    if (view->store.phase == Phase::Deleted) {
        return gone(request, view->store.id);
    }
    const std::string etag = etag_of(view->store);
    if (request.headers.contains("If-None-Match") &&
        runtime::if_none_match_holds(request.headers.value("If-None-Match"), etag)) {
        return runtime::Response::empty(304).with_header("ETag", etag);
    }
    return store_response(context.parts, *view);
}

Result<runtime::Response> rename(const Context& context, const runtime::Request& request,
                                 const app::Caller& caller) {
    const auto expected = expected_generation(request);
    if (!expected) {
        return forward(expected);
    }
    auto fields = Fields::of_body(request);
    if (!fields) {
        return forward(fields);
    }
    const std::string name = fields->text("name");
    if (auto valid = fields->done(); !valid) {
        return forward(valid);
    }
    const ApiParts& parts = context.parts;
    const auto renamed =
        app::RenameStore(parts.database, parts.signals)(request.param("id"), name, *expected, caller);
    if (!renamed) {
        return forward(renamed);
    }
    // Read again by the id: the name in the path may be the old one.
    const auto view = app::ReadStore(parts.database)(renamed->id.str(), caller);
    if (!view) {
        return forward(view);
    }
    return store_response(parts, *view);
}

Result<runtime::Response> remove(const Context& context, const runtime::Request& request,
                                 const app::Caller& caller) {
    Parameters parameters(request);
    const std::string confirmation = parameters.text("confirm");
    if (auto valid = parameters.done(); !valid) {
        return forward(valid);
    }
    const ApiParts& parts = context.parts;
    const auto accepted = app::DeleteStore(parts.database, parts.ids, parts.signals)(
        request.param("id"), confirmation, caller, render_accepted(parts));
    if (!accepted) {
        if (accepted.error().code == ErrorCode::Gone) {
            const auto view = app::ReadStore(parts.database)(request.param("id"), caller);
            return view ? Result<runtime::Response>(gone(request, view->store.id))
                        : Result<runtime::Response>(forward(view));
        }
        return forward(accepted);
    }
    return to_response(*accepted);
}

}  // namespace

void add_store_routes(Routes& routes) {
    const ContextPtr context = routes.context();
    routes.add("GET", "/api/v1/stores/{id}",
               [context](const runtime::Request& request, const app::Caller& caller) {
                   return read(*context, request, caller);
               });
    routes.add("PATCH", "/api/v1/stores/{id}",
               [context](const runtime::Request& request, const app::Caller& caller) {
                   return rename(*context, request, caller);
               });
    routes.add("DELETE", "/api/v1/stores/{id}",
               [context](const runtime::Request& request, const app::Caller& caller) {
                   return remove(*context, request, caller);
               });
}

}  // namespace souk::http
