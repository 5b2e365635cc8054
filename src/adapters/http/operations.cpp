#include "adapters/http/fields.hpp"
#include "adapters/http/parameters.hpp"
#include "adapters/http/routes.hpp"
#include "adapters/http/wire.hpp"
#include "app/operations/cancel_operation.hpp"
#include "app/operations/list_operations.hpp"

#include <utility>

// /api/v1/operations

namespace souk::http {
namespace {

Result<runtime::Response> list(const Context& context, const runtime::Request& request,
                               const app::Caller& caller) {
    Parameters parameters(request);
    app::OperationQuery query;
    query.store = parameters.text("store");
    const std::string state = parameters.text("state");
    const std::string kind = parameters.text("kind");
    query.limit = parameters.page_size();
    const std::string token = parameters.text("page_token");
    if (!state.empty()) {
        query.state = parse_operation_state(state);
        if (!query.state) {
            parameters.note("state", "unknown", "must be running, succeeded, failed or aborted");
        }
    }
    if (!kind.empty()) {
        query.kind = parse_operation_kind(kind);
        if (!query.kind) {
            parameters.note("kind", "unknown", "there is no such kind of operation");
        }
    }
    if (auto valid = parameters.done(); !valid) {
        return forward(valid);
    }
    const std::string name = "operations\n" + caller.team + "\n" + query.store + "\n" + state + "\n" + kind;
    auto cursor = context.page_tokens.read(token, name);
    if (!cursor) {
        return forward(cursor);
    }
    if (const auto micros = parse_number(cursor->key)) {
        query.before = from_micros(*micros);
        query.before_id = std::move(cursor->id);
    }
    const auto page = app::ListOperations(context.parts.database)(query, caller);
    if (!page) {
        return forward(page);
    }
    boost::json::array operations;
    for (const Operation& operation : page->operations) {
        operations.push_back(to_json(operation));
    }
    std::string next;
    if (page->more) {
        const Operation& last = page->operations.back();
        next = context.page_tokens.make({std::to_string(to_micros(last.created)), last.id.str()}, name);
    }
    return json_response(200, {{"operations", std::move(operations)}, {"next_page_token", next}});
}

Result<runtime::Response> read(const Context& context, const runtime::Request& request,
                               const app::Caller& caller) {
    const auto operation = app::ReadOperation(context.parts.database)(request.param("id"), caller);
    if (!operation) {
        return forward(operation);
    }
    return json_response(200, to_json(*operation));
}

Result<runtime::Response> cancel(const Context& context, const runtime::Request& request,
                                 const app::Caller& caller) {
    auto fields = Fields::of_body(request, true);
    if (!fields) {
        return forward(fields);
    }
    if (auto valid = fields->done(); !valid) {
        return forward(valid);
    }
    const auto operation =
        app::CancelOperation(context.parts.database, context.parts.signals)(request.param("id"), caller);
    if (!operation) {
        return forward(operation);
    }
    return json_response(202, to_json(*operation)).with_header("Location", path_of(operation->id));
}

}  // namespace

void add_operation_routes(Routes& routes) {
    const ContextPtr context = routes.context();
    routes.add("GET", "/api/v1/operations",
               [context](const runtime::Request& request, const app::Caller& caller) {
                   return list(*context, request, caller);
               });
    routes.add("GET", "/api/v1/operations/{id}",
               [context](const runtime::Request& request, const app::Caller& caller) {
                   return read(*context, request, caller);
               });
    routes.add("POST", "/api/v1/operations/{id}/actions/cancel",
               [context](const runtime::Request& request, const app::Caller& caller) {
                   return cancel(*context, request, caller);
               });
}

}  // namespace souk::http
