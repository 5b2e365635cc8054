#include "adapters/http/security_headers.hpp"

#include <array>
#include <string>
#include <utility>

namespace souk::http {

void add_security_headers(runtime::Response& response) {
    if (response.status == 304) {
        return;  // the headers of the answer that it stands for go on
    }
    constexpr std::array<std::pair<const char*, const char*>, 6> kHeaders{{
        {"Cache-Control", "no-store"},
        {"Content-Security-Policy",
         "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
    }};
    for (const auto& [name, value] : kHeaders) {
        if (!response.headers.contains(name)) {
            response.headers.add(name, value);
        }
    }
}

}  // namespace souk::http
