#pragma once

#include "core/common/result.hpp"
#include "runtime/http/error_renderer.hpp"
#include "runtime/http/outbox.hpp"
#include "runtime/http/request.hpp"
#include "runtime/http/response.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace souk::runtime {

struct ServerSettings {
    std::string address = "127.0.0.1";  // an IP address, not a name
    std::uint16_t port = 0;             // 0: the system chooses, see Server::port()
    int io_threads = 1;                 // 1-2
    int worker_threads = 4;             // handlers that run at the same time; as many as database connections
    std::size_t worker_queue = 64;      // requests that may wait for a worker; more get 503
    std::size_t max_connections = 1024;
    std::size_t max_header_bytes = 16U << 10U;  // request line and all header fields
    std::size_t max_target_bytes = 8U << 10U;
    std::size_t max_header_count = 100;
    std::size_t max_body_bytes = 1U << 20U;
    std::chrono::milliseconds header_timeout{10'000};  // first to last byte of the head
    std::chrono::milliseconds body_timeout{30'000};    // whole body
    std::chrono::milliseconds idle_timeout{
        60'000};  // between requests of one connection, and before the first
    std::chrono::milliseconds write_timeout{30'000};  // one write without the client reading
    std::chrono::milliseconds heartbeat{15'000};      // comment line on a silent event stream
    std::chrono::milliseconds websocket_idle{
        60'000};  // a ping goes out after half of it; no answer ends the connection
    std::size_t websocket_message_bytes = 64U << 10U;
    OutboxLimits outbox = {};  // per stream and WebSocket
};

/// What is known of a finished request, stream or WebSocket, for metrics and the access log.
struct Exchange {
    std::string method;   // empty when the request could not be parsed
    std::string route;    // pattern; empty when none matched
    std::string path;     // raw, for logs only; it may be anything a client wrote
    std::string subject;  // of the response
    int status = 0;
    std::chrono::microseconds duration{0};  // from the first byte of the request to the last of the response
    std::size_t bytes_in = 0;               // body
    std::size_t bytes_out = 0;              // body as sent
    std::string request_id;
    std::string remote_address;
    std::string fault;  // text for the log when a handler threw or answered nonsense: a bug of ours
};

/// Runs on a request worker and may block; an exception becomes a 500. `Router::handle` fits.
using Handler = std::function<Response(Request&)>;
/// Called once per exchange on an I/O thread: short, thread-safe, does not throw. May be empty.
using Observer = std::function<void(const Exchange&)>;

/// HTTP/1.1 server with WebSocket and endless responses. It owns its I/O threads and its request workers.
class Server {
public:
    Server(const ServerSettings& settings, Handler handler, ErrorRenderer errors, Observer observer = {});
    /// Same as `shutdown` without patience.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Binds, listens and starts the threads. Conflict: the address is in use. InvalidInput: a setting makes
    /// no sense, or the address is not of this machine. A server starts once.
    Result<> start();

    /// The port really used, 0 before `start`.
    std::uint16_t port() const;
    /// Open connections, for metrics. Thread-safe.
    std::size_t connections() const;

    /// Stops accepting; idle connections close, requests already begun are answered with "Connection: close",
    /// WebSockets close with 1001, streams end with the last chunk. After `patience` the rest is cut,
    /// `Request::stop` is requested, and queued requests are dropped. Then joins all threads, so a handler
    /// that ignores its stop token delays the return. Safe to call twice, not from a handler.
    void shutdown(std::chrono::milliseconds patience);

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace souk::runtime
