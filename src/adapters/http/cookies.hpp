#pragma once

#include "runtime/http/request.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace souk::http {

/// The cookie of a session. Behind HTTPS its name has the prefix `__Host-`, so that no subdomain and no plain
/// connection can plant one. Over plain HTTP browsers refuse that prefix; there the name ends in the port,
/// because a browser keeps one set of cookies for all ports of a host.
class SessionCookie {
public:
    explicit SessionCookie(bool https) : https_(https) {}

    bool is_in(const runtime::Request& request) const { return !value(request).empty(); }
    /// The value in the request; empty when there is none or more than one.
    std::string value(const runtime::Request& request) const;
    /// Set-Cookie texts.
    std::string set(const runtime::Request& request, std::string_view value, std::chrono::seconds life) const;
    std::string clear(const runtime::Request& request) const;

private:
    std::string name(const runtime::Request& request) const;

    bool https_;
};

}  // namespace souk::http
