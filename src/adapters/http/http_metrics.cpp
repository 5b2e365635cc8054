#include "adapters/http/http_metrics.hpp"

#include <chrono>
#include <string>

namespace souk::http {

runtime::Observer http_observer(runtime::Metrics& metrics) {
    return [&metrics](const runtime::Exchange& exchange) {
        const std::string route = exchange.route.empty() ? "none" : exchange.route;
        const std::string method = exchange.method.empty() ? "none" : exchange.method;
        metrics
            .counter("souk_http_requests_total", "HTTP requests that were answered",
                     {{"method", method}, {"route", route}, {"status", std::to_string(exchange.status)}})
            .increment();
        metrics
            .histogram("souk_http_request_duration_seconds",
                       "Time from the first byte of a request to the last of its answer, streams included",
                       {{"route", route}})
            .observe(std::chrono::duration<double>(exchange.duration).count());
    };
}

}  // namespace souk::http
