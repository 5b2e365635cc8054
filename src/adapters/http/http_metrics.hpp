#pragma once

#include "runtime/http/server.hpp"
#include "runtime/metrics/metrics.hpp"

namespace souk::http {

/// For `runtime::Server`: counts souk_http_requests_total{method,route,status} and measures
/// souk_http_request_duration_seconds{route}. Routes are patterns, so the labels are bounded. `metrics`
/// outlives it.
runtime::Observer http_observer(runtime::Metrics& metrics);

}  // namespace souk::http
