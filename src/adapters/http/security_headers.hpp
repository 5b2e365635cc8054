#pragma once

#include "runtime/http/response.hpp"

namespace souk::http {

/// What every answer with something new carries. A handler's own Content-Security-Policy or Cache-Control
/// stays.
void add_security_headers(runtime::Response& response);

}  // namespace souk::http
