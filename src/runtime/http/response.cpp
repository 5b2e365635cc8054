#include "runtime/http/response.hpp"

#include <array>
#include <utility>

namespace souk::runtime {

Response Response::with_type(int status, std::string content_type, std::string body) {
    Response out;
    out.status = status;
    out.headers.add("Content-Type", std::move(content_type));
    out.body = std::move(body);
    return out;
}

Response Response::text(int status, std::string body) {
    return with_type(status, "text/plain; charset=utf-8", std::move(body));
}

Response Response::json(int status, std::string body) {
    return with_type(status, "application/json", std::move(body));
}

Response Response::empty(int status) {
    Response out;
    out.status = status;
    return out;
}

Response Response::redirect(int status, std::string location) {
    return empty(status).with_header("Location", std::move(location));
}

Response Response::event_stream(std::function<void(EventStreamPtr)> on_open) {
    // "no-transform" and the Nginx header keep proxies from collecting events into larger pieces.
    return stream("text/event-stream", std::move(on_open))
        .with_header("Cache-Control", "no-store, no-transform")
        .with_header("X-Accel-Buffering", "no");
}

Response Response::stream(std::string content_type, std::function<void(EventStreamPtr)> on_open) {
    auto out = with_type(200, std::move(content_type), {});
    out.on_stream = std::move(on_open);
    return out;
}

Response Response::websocket(std::function<void(WebSocketPtr)> on_open) {
    auto out = empty(101);
    out.on_websocket = std::move(on_open);
    return out;
}

Response&& Response::with_header(std::string_view name, std::string value) && {
    headers.set(name, std::move(value));
    return std::move(*this);
}

Result<> check_response(const Response& response) {
    constexpr std::array<std::string_view, 6> kOwnedByServer{
        "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Upgrade", "Trailer"};
    if (response.is_websocket() ? response.status != 101 : response.status < 200 || response.status > 599) {
        return fail(ErrorCode::Internal, "response has status " + std::to_string(response.status));
    }
    if (!response.body.empty() && (response.status == 204 || response.status == 304)) {
        return fail(ErrorCode::Internal,
                    "response " + std::to_string(response.status) + " cannot have a body");
    }
    if (response.is_stream() && (!response.body.empty() || response.is_websocket())) {
        return fail(ErrorCode::Internal, "response is a stream and something else");
    }
    for (const auto& [name, value] : response.headers) {
        if (!is_token(name) || !is_field_value(value)) {
            return fail(ErrorCode::Internal, "response has a header that would break the message");
        }
        for (const auto owned : kOwnedByServer) {
            if (equals_ignoring_case(name, owned)) {
                return fail(ErrorCode::Internal, "response sets " + name + ", which belongs to the server");
            }
        }
    }
    return {};
}

std::string_view reason_phrase(int status) {
    switch (status) {
        case 100:
            return "Continue";
        case 101:
            return "Switching Protocols";
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 301:
            return "Moved Permanently";
        case 302:
            return "Found";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 307:
            return "Temporary Redirect";
        case 308:
            return "Permanent Redirect";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 406:
            return "Not Acceptable";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 417:
            return "Expectation Failed";
        case 422:
            return "Unprocessable Content";
        case 426:
            return "Upgrade Required";
        case 428:
            return "Precondition Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        case 504:
            return "Gateway Timeout";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return "Unknown";
    }
}

}  // namespace souk::runtime
