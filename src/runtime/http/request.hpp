#pragma once

#include "runtime/http/headers.hpp"
#include "runtime/http/query.hpp"

#include <map>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace souk::runtime {

/// One complete request. Everything decoded in it is UTF-8 without control characters; `body` is raw bytes.
struct Request {
    std::string method;                 // upper case, one of GET HEAD POST PUT PATCH DELETE OPTIONS
    std::string target;                 // as it came
    std::string path;                   // raw, not decoded, without query
    std::vector<std::string> segments;  // percent-decoded path
    Query query;                        // percent-decoded
    Headers headers;                    // as they came; trailers are dropped
    std::string body;
    std::string remote_address;  // IP of the peer, without port; a proxy's when there is one
    std::string request_id;      // from X-Request-Id or made; never empty
    std::string route;           // pattern, set by the router: bounded, so fit for metric labels
    std::map<std::string, std::string, std::less<>> params;  // named path segments, set by the router
    std::stop_token stop;  // requested when the server gives up waiting for this request at shutdown

    /// A path parameter of the matched pattern, or an empty text when the pattern has no such name.
    std::string_view param(std::string_view name) const {
        const auto found = params.find(name);
        return found == params.end() ? std::string_view{} : std::string_view(found->second);
    }
};

/// The client asks for a WebSocket (RFC 6455): GET with the upgrade headers and version 13.
bool is_websocket_upgrade(const Request& request);

}  // namespace souk::runtime
