#include "adapters/http/origins.hpp"

#include "adapters/http/security_headers.hpp"

#include <algorithm>
#include <utility>

namespace souk::http {

Result<Origins> Origins::make(std::vector<std::string> allowed) {
    for (const std::string& origin : allowed) {
        if (authority_of(origin).empty()) {
            return fail(ErrorCode::InvalidInput,
                        "'" + origin + "' is no origin: scheme://host or scheme://host:port");
        }
    }
    return Origins(std::move(allowed));
}

bool Origins::allowed(std::string_view origin) const {
    return std::find(allowed_.begin(), allowed_.end(), origin) != allowed_.end();
}

bool Origins::may_open_socket(const runtime::Request& request, const Site& site) const {
    const auto count = request.headers.count("Origin");
    return count == 0 || site.is_own(request) || (count == 1 && allowed(request.headers.value("Origin")));
}

void Origins::open(const runtime::Request& request, runtime::Response& response) const {
    if (!any()) {
        return;
    }
    response.headers.add("Vary", "Origin");
    const auto origin = request.headers.value("Origin");
    if (allowed(origin)) {
        response.headers.set("Access-Control-Allow-Origin", std::string(origin));
        response.headers.set("Access-Control-Expose-Headers",
                             "ETag, Location, X-Request-Id, Idempotency-Replayed, Retry-After");
        response.headers.set("Cross-Origin-Resource-Policy", "cross-origin");
    }
}

runtime::Response Origins::preflight(const runtime::Request& request, const std::string& methods) const {
    auto response = runtime::Response::empty(204);
    open(request, response);
    if (response.headers.contains("Access-Control-Allow-Origin")) {
        response.headers.set("Access-Control-Allow-Methods", methods);
        response.headers.set("Access-Control-Allow-Headers",
                             "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, "
                             "Last-Event-ID, X-Request-Id");
        response.headers.set("Access-Control-Max-Age", "600");
    }
    add_security_headers(response);
    return response;
}

}  // namespace souk::http
