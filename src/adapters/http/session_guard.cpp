#include "adapters/http/session_guard.hpp"

#include "app/access/resume_session.hpp"
#include "app/access/session_rules.hpp"
#include "runtime/crypto/hash.hpp"

namespace souk::http {

Result<app::Session> session_of(const Context& context, const runtime::Request& request) {
    const app::Crypto& crypto = context.parts.crypto;
    const std::string cookie = context.cookie.value(request);
    auto session = app::ResumeSession(context.parts.database, crypto)(cookie);
    if (!session || request.method == "GET" || request.method == "HEAD") {
        return session;
    }
    if (request.headers.contains("Origin") && !context.site.is_own(request)) {
        return fail(ErrorCode::Forbidden, "a page of another site may change nothing here", "OriginRefused");
    }
    if (!runtime::constant_time_equal(request.headers.value("X-CSRF-Token"),
                                      app::csrf_token(crypto, cookie))) {
        return fail(ErrorCode::Forbidden, "the header X-CSRF-Token does not fit the session; reload the page",
                    "CsrfRefused");
    }
    return session;
}

app::Caller caller_of(const app::Session& session, const runtime::Request& request) {
    return {.user = session.user,
            .team = session.team,
            .role = session.role,
            .request_id = request.request_id,
            .session = session.id.str()};
}

void tie_to_session(const Context& context, const runtime::Request& request, const app::Caller& caller,
                    runtime::Response& response) {
    if (!caller.session.empty() && (response.is_stream() || response.is_websocket())) {
        context.parts.streams->watch(
            response, {caller.session, context.parts.crypto.sha256_hex(context.cookie.value(request))});
    }
}

}  // namespace souk::http
