#pragma once

#include "runtime/http/request.hpp"
#include "runtime/http/response.hpp"

#include <functional>
#include <string_view>

namespace souk::runtime {

/// Turns an error of the server or the router into a response, so that all errors of the API look alike.
/// `request` is null when it could not be parsed; then the X-Request-Id header of the answer is set by the
/// server all the same. `code` is snake_case and stable ("not_found", "body_too_large"); `detail` is a
/// sentence without secrets. It is called on I/O threads too: no waiting. It must not throw.
using ErrorRenderer = std::function<Response(const Request* request, int status, std::string_view code,
                                             std::string_view detail)>;

/// A minimal RFC 9457 problem document (application/problem+json): type, title, status, detail, code,
/// request_id.
Response render_problem(const Request* request, int status, std::string_view code, std::string_view detail);

}  // namespace souk::runtime
