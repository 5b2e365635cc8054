#include "runtime/http/request.hpp"

namespace souk::runtime {

bool is_websocket_upgrade(const Request& request) {
    return request.method == "GET" && list_has_token(request.headers.value("Connection"), "upgrade") &&
           list_has_token(request.headers.value("Upgrade"), "websocket") &&
           request.headers.value("Sec-WebSocket-Version") == "13" &&
           request.headers.contains("Sec-WebSocket-Key");
}

}  // namespace souk::runtime
