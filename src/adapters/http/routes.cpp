#include "adapters/http/routes.hpp"

#include "adapters/http/problem.hpp"
#include "adapters/http/security_headers.hpp"
#include "adapters/http/session_guard.hpp"
#include "app/access/authenticate.hpp"
#include "app/stores/find_store.hpp"

#include <utility>

namespace souk::http {
namespace {

constexpr std::string_view kScheme = "Bearer ";

runtime::Response refuse(const Context& context, const runtime::Request& request, const Error& error) {
    if (error.code == ErrorCode::Internal) {
        context.parts.logger.error("request failed", {{"request_id", request.request_id},
                                                      {"method", request.method},
                                                      {"route", request.route},
                                                      {"error", error.message}});
    }
    return to_response(problem_of(error), &request);
}

runtime::Response finished(const Context& context, const runtime::Request& request,
                           Result<runtime::Response> answer) {
    runtime::Response response = answer ? std::move(*answer) : refuse(context, request, answer.error());
    if (!response.is_websocket()) {
        add_security_headers(response);
        if (context.site.https()) {
            response.headers.set("Strict-Transport-Security", "max-age=31536000");
        }
        context.origins.open(request, response);
    }
    return response;
}

/// The store that a change is about when its path has a name or slug, which the log cannot read. It is asked
/// for before the change, which may rename or delete it.
std::string subject_of(const Context& context, const runtime::Request& request, const app::Caller& caller) {
    const std::string_view named = request.param("id");
    const bool is_store = request.route.starts_with("/api/v1/stores/{id}");
    if (!is_store || request.method == "GET" || request.method == "HEAD" || StoreId::parse(named)) {
        return {};
    }
    const auto store = app::find_store(context.parts.database, caller, named);
    return store ? store->id.str() : std::string();
}

}  // namespace

Result<app::Caller> authenticate(const Context& context, const runtime::Request& request) {
    if (!request.headers.contains("Authorization") && context.cookie.is_in(request)) {
        return session_of(context, request).map([&](const app::Session& session) {
            return caller_of(session, request);
        });
    }
    const auto header = request.headers.value("Authorization");
    const bool bearer = request.headers.count("Authorization") == 1 && header.size() > kScheme.size() &&
                        runtime::equals_ignoring_case(header.substr(0, kScheme.size()), kScheme);
    const std::string_view token = bearer ? header.substr(kScheme.size()) : std::string_view{};
    auto caller = app::Authenticate(context.parts.database, context.parts.crypto)(token);
    if (caller) {
        caller->request_id = request.request_id;
    }
    return caller;
}

void Routes::add(std::string_view method, std::string_view pattern, CallerHandler handler) {
    add_raw(method, pattern,
            [context = context_, handler = std::move(handler)](const runtime::Request& request) {
                const auto caller = authenticate(*context, request);
                std::string subject = caller ? subject_of(*context, request, *caller) : std::string();
                auto answer = caller ? handler(request, *caller) : Result<runtime::Response>(forward(caller));
                if (answer) {
                    tie_to_session(*context, request, *caller, *answer);
                }
                auto response = finished(*context, request, std::move(answer));
                if (response.subject.empty()) {
                    response.subject = std::move(subject);
                }
                return response;
            });
}

void Routes::add_open(std::string_view method, std::string_view pattern, OpenHandler handler) {
    add_raw(method, pattern,
            [context = context_, handler = std::move(handler)](const runtime::Request& request) {
                return finished(*context, request, handler(request));
            });
}

void Routes::add_otherwise(OpenHandler handler) {
    router_.otherwise([context = context_, handler = std::move(handler)](const runtime::Request& request) {
        return finished(*context, request, handler(request));
    });
}

void Routes::add_raw(std::string_view method, std::string_view pattern, runtime::RouteHandler handler) {
    auto added = router_.add(method, pattern, std::move(handler));
    if (!added && outcome_) {
        outcome_ = std::move(added);
    }
    std::string& methods = methods_[std::string(pattern)];
    methods += (methods.empty() ? "" : ", ") + std::string(method);
}

Result<> Routes::finish() {
    if (!context_->origins.any()) {
        return outcome_;
    }
    for (const auto& [pattern, methods] : std::map(methods_)) {
        add_raw("OPTIONS", pattern, [context = context_, allowed = methods](const runtime::Request& request) {
            return context->origins.preflight(request, allowed);
        });
    }
    return outcome_;
}

}  // namespace souk::http
