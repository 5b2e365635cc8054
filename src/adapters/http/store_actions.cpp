#include "adapters/http/fields.hpp"
#include "adapters/http/idempotency.hpp"
#include "adapters/http/problem.hpp"
#include "adapters/http/routes.hpp"
#include "adapters/http/wire.hpp"
#include "app/stores/read_store.hpp"
#include "app/stores/restart_store.hpp"
#include "app/stores/resume_store.hpp"
#include "app/stores/retry_store.hpp"
#include "app/stores/suspend_store.hpp"

#include <functional>
#include <utility>

// /api/v1/stores/{id}/actions/...

namespace souk::http {
namespace {

using Action =
    std::function<Result<app::Accepted>(const ApiParts&, std::string_view store, const app::Caller&,
                                        const app::IdempotencyKey&, const app::RenderAccepted&)>;

Action retry() {
    return [](const ApiParts& parts, std::string_view store, const app::Caller& caller,
              const app::IdempotencyKey& key, const app::RenderAccepted& render) {
        return app::RetryStore(parts.database, parts.ids, parts.signals)(store, caller, key, render);
    };
}

/// Suspend, resume or restart.
template <class UseCase>
Action update() {
    return [](const ApiParts& parts, std::string_view store, const app::Caller& caller,
              const app::IdempotencyKey& key, const app::RenderAccepted& render) {
        return UseCase({parts.database, parts.ids, parts.engines, parts.signals})(
            {store, caller, key, render});
    };
}

Result<runtime::Response> run(const Action& action, const Context& context, const runtime::Request& request,
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
    const auto accepted = action(parts, id, caller, *key, render_accepted(parts));
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
    const auto add = [&](const std::string& name, Action action) {
        routes.add("POST", "/api/v1/stores/{id}/actions/" + name,
                   [context, action = std::move(action)](const runtime::Request& request,
                                                         const app::Caller& caller) {
                       return run(action, *context, request, caller);
                   });
    };
    add("retry", retry());
    add("suspend", update<app::SuspendStore>());
    add("resume", update<app::ResumeStore>());
    add("restart", update<app::RestartStore>());
}

}  // namespace souk::http
