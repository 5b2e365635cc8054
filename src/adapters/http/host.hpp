#pragma once

#include <string_view>

namespace souk::http {

/// A `Host` header in two; views of it.
struct HostAndPort {
    std::string_view name;  // "[::1]" with its brackets
    std::string_view port;  // empty when there is none
};

inline HostAndPort split_host(std::string_view host) {
    const auto colon = host.rfind(':');
    const auto bracket = host.rfind(']');
    if (colon == std::string_view::npos || (bracket != std::string_view::npos && colon < bracket)) {
        return {host, {}};
    }
    return {host.substr(0, colon), host.substr(colon + 1)};
}

}  // namespace souk::http
