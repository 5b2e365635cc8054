#include "adapters/http/fields.hpp"
#include "adapters/http/routes.hpp"
#include "adapters/http/session_guard.hpp"
#include "adapters/http/wire.hpp"
#include "app/access/end_session.hpp"
#include "app/access/list_sessions.hpp"
#include "app/access/make_sign_in_code.hpp"
#include "app/access/session_rules.hpp"
#include "app/access/sign_in.hpp"

#include <algorithm>

// /api/v1/session, /api/v1/sessions and /api/v1/sign-in-codes

namespace souk::http {
namespace {

constexpr std::size_t kLongestAgent = 200;

/// What the browser calls itself, as text that may be shown: a header may hold any bytes.
std::string agent_of(const runtime::Request& request) {
    std::string agent(request.headers.value("User-Agent").substr(0, kLongestAgent));
    std::replace_if(agent.begin(), agent.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return agent;
}

/// The session of a browser about itself: with what proves its writes.
boost::json::object own_json(const Context& context, const app::Session& session, std::string_view cookie) {
    auto out = to_json(session, true);
    out["csrf_token"] = app::csrf_token(context.parts.crypto, cookie);
    return out;
}

Result<app::Proof> read_proof(const runtime::Request& request) {
    auto fields = Fields::of_body(request);
    if (!fields) {
        return forward(fields);
    }
    auto token = fields->maybe_text("token");
    auto code = fields->maybe_text("code");
    if (fields->clean() && token.has_value() == code.has_value()) {
        fields->note("", "one_of", "either the token or the code is needed");
    }
    if (auto valid = fields->done(); !valid) {
        return forward(valid);
    }
    return token ? app::Proof{app::Proof::Kind::Token, std::move(*token)}
                 : app::Proof{app::Proof::Kind::Code, std::move(*code)};
}

Result<runtime::Response> sign_in(const Context& context, const runtime::Request& request) {
    if (request.headers.contains("Origin") && !context.site.is_own(request)) {
        return fail(ErrorCode::Forbidden, "a page of another site may sign nobody in here", "OriginRefused");
    }
    if (!context.site.is_safe(request)) {
        return fail(ErrorCode::Forbidden,
                    "people sign in over HTTPS or at localhost; whoever runs soukd sets dashboard.origin to "
                    "the address that they use",
                    "HttpsRequired");
    }
    const auto proof = read_proof(request);
    if (!proof) {
        return forward(proof);
    }
    const ApiParts& parts = context.parts;
    const auto opened = app::SignIn(parts.database, parts.ids, parts.crypto)(
        *proof, {request.remote_address, agent_of(request), request.request_id});
    if (!opened) {
        return forward(opened);
    }
    const std::string& cookie = opened->cookie.reveal();
    auto response = json_response(201, own_json(context, opened->session, cookie));
    response.headers.add("Set-Cookie", context.cookie.set(request, cookie, app::kSessionLife));
    return response;
}

Result<runtime::Response> show(const Context& context, const runtime::Request& request) {
    const auto session = session_of(context, request);
    if (!session) {
        return forward(session);
    }
    return json_response(200, own_json(context, *session, context.cookie.value(request)));
}

/// The session, and what is open by it.
Result<runtime::Response> end(const Context& context, const std::string& id, const app::Caller& caller) {
    if (const auto ended = app::EndSession(context.parts.database)(id, caller); !ended) {
        return forward(ended);
    }
    context.parts.streams->end(id);
    return runtime::Response::empty();
}

Result<runtime::Response> sign_out(const Context& context, const runtime::Request& request) {
    const auto session = session_of(context, request);
    if (!session) {
        return forward(session);
    }
    auto ended = end(context, session->id.str(), caller_of(*session, request));
    if (ended) {
        ended->headers.add("Set-Cookie", context.cookie.clear(request));
    }
    return ended;
}

Result<runtime::Response> list(const Context& context, const runtime::Request& request,
                               const app::Caller& caller) {
    const auto sessions = app::ListSessions(context.parts.database)(caller);
    if (!sessions) {
        return forward(sessions);
    }
    const std::string own = context.parts.crypto.sha256_hex(context.cookie.value(request));
    boost::json::array out;
    for (const app::Session& session : *sessions) {
        out.push_back(to_json(session, session.hash == own));
    }
    return json_response(200, {{"sessions", std::move(out)}});
}

Result<runtime::Response> make_code(const Context& context, const runtime::Request& request,
                                    const app::Caller& caller) {
    auto fields = Fields::of_body(request, true);
    if (!fields) {
        return forward(fields);
    }
    if (auto valid = fields->done(); !valid) {
        return forward(valid);
    }
    const auto made = app::MakeSignInCode(context.parts.database, context.parts.crypto)(caller);
    if (!made) {
        return forward(made);
    }
    // In the fragment: a browser sends that to nobody, so no log ever holds it.
    return json_response(201, {{"code", made->code.reveal()},
                               {"expires", to_rfc3339(made->expires)},
                               {"url", context.site.address(request) + "#code=" + made->code.reveal()}});
}

}  // namespace

void add_session_routes(Routes& routes) {
    const ContextPtr context = routes.context();
    routes.add_open("POST", "/api/v1/session",
                    [context](const runtime::Request& request) { return sign_in(*context, request); });
    routes.add_open("GET", "/api/v1/session",
                    [context](const runtime::Request& request) { return show(*context, request); });
    routes.add_open("DELETE", "/api/v1/session",
                    [context](const runtime::Request& request) { return sign_out(*context, request); });
    routes.add("GET", "/api/v1/sessions",
               [context](const runtime::Request& request, const app::Caller& caller) {
                   return list(*context, request, caller);
               });
    routes.add("DELETE", "/api/v1/sessions/{id}",
               [context](const runtime::Request& request, const app::Caller& caller) {
                   return end(*context, std::string(request.param("id")), caller);
               });
    routes.add("POST", "/api/v1/sign-in-codes",
               [context](const runtime::Request& request, const app::Caller& caller) {
                   return make_code(*context, request, caller);
               });
}

}  // namespace souk::http
