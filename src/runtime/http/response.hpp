#pragma once

#include "core/common/result.hpp"
#include "runtime/http/event_stream.hpp"
#include "runtime/http/headers.hpp"
#include "runtime/http/websocket.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace souk::runtime {

/// What a handler answers: a finished body, a stream that starts with this head, or the acceptance of a
/// WebSocket.
struct Response {
    int status = 200;
    Headers headers;
    std::string body;
    std::string subject;  // what it is about, for logs only; never sent, may be empty
    /// Set by the factories below. Called on the worker that ran the handler, right after it returned:
    /// subscribe and return, do not produce in it. Not called for HEAD.
    std::function<void(EventStreamPtr)> on_stream;
    std::function<void(WebSocketPtr)> on_websocket;

    static Response text(int status, std::string body);
    static Response json(int status, std::string body);
    static Response with_type(int status, std::string content_type, std::string body);
    /// 204 unless told otherwise.
    static Response empty(int status = 204);
    static Response redirect(int status, std::string location);
    /// text/event-stream; the server adds a comment line as heartbeat when nothing was sent for a while.
    static Response event_stream(std::function<void(EventStreamPtr)> on_open);
    /// Any other endless body (a followed log); no heartbeat.
    static Response stream(std::string content_type, std::function<void(EventStreamPtr)> on_open);
    /// The handler has checked Origin and credentials before. A request that is no WebSocket upgrade gets
    /// 426.
    static Response websocket(std::function<void(WebSocketPtr)> on_open);

    Response&& with_header(std::string_view name, std::string value) &&;
    bool is_stream() const { return static_cast<bool>(on_stream); }
    bool is_websocket() const { return static_cast<bool>(on_websocket); }
};

/// Refuses what would break the message or belongs to the server: status outside 200-599, a name that is no
/// token, a control character in a value, Content-Length, Transfer-Encoding, Connection, Keep-Alive, Upgrade,
/// Trailer; a body with 204 or 304.
Result<> check_response(const Response& response);

/// "Not Found" for 404; "Unknown" for a code we do not use.
std::string_view reason_phrase(int status);

}  // namespace souk::runtime
