#include "adapters/http/fields.hpp"
#include "adapters/http/idempotency.hpp"
#include "adapters/http/problem.hpp"
#include "adapters/http/routes.hpp"
#include "adapters/http/wire.hpp"
#include "app/stores/read_store.hpp"
#include "app/stores/retry_store.hpp"

// /api/v1/stores/{id}/actions/...

namespace souk::http {
namespace {

Result<runtime::Response> retry(const Context& context, const runtime::Request& request,
                                const app::Caller& caller) {
    auto fields = Fields::of_body(request, true);
    if (!fields) {
        return forward(fields);
    }
    if (auto valid = fields->done(); !valid) {
        return forward(valid);
    }
    const ApiParts& parts = context.parts;
    const std::string id(request.param("id"));
    const auto key = idempotency_key(parts, request, caller, {id});
    if (!key) {
        return forward(key);
    }
    const auto accepted =
        app::RetryStore(parts.database, parts.ids, parts.signals)(id, caller, *key, render_accepted(parts));
    if (accepted) {
        return with_replay_mark(*accepted);
    }
    Problem problem = problem_of(accepted.error());
    if (accepted.error().reason == "OperationRunning") {
        const auto view = app::ReadStore(parts.database)(id, caller);
        if (view && view->operation) {
            problem.extra.emplace_back("operation", path_of(*view->operation));
        }
        return to_response(problem, &request);
    }
    return forward(accepted);
}

}  // namespace

void add_store_action_routes(Routes& routes) {
    const ContextPtr context = routes.context();
    routes.add("POST", "/api/v1/stores/{id}/actions/retry",
               [context](const runtime::Request& request, const app::Caller& caller) {
                   return retry(*context, request, caller);
               });
}

}  // namespace souk::http
