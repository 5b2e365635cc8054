#pragma once

#include "runtime/http/outbox.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace souk::runtime {

/// RFC 6455 close codes that we send.
struct CloseCode {
    static constexpr std::uint16_t Normal = 1000;
    static constexpr std::uint16_t GoingAway = 1001;
    static constexpr std::uint16_t UnsupportedData = 1003;
    static constexpr std::uint16_t PolicyViolation = 1008;
    static constexpr std::uint16_t InternalError = 1011;
    static constexpr std::uint16_t TryAgainLater = 1013;
};

/// One WebSocket of the server: text messages both ways, no compression, pings and idle time-outs done by the
/// server. All functions may be called from any thread, also after the client or the server is gone.
class WebSocket {
public:
    explicit WebSocket(OutboxLimits limits) : outbox_(limits) {}

    /// Queues one text message (UTF-8) and never waits. False: closed. A client that lets the queue fill up
    /// is closed with 1013.
    bool send(std::string text) { return outbox_.push(std::move(text)); }
    bool closed() const { return outbox_.closed(); }
    /// What was sent before still goes out, then the closing handshake. The first call decides code and
    /// reason (at most 123 bytes, longer is cut).
    void close(std::uint16_t code = CloseCode::Normal, std::string_view reason = {});
    /// Set it inside `on_open`. Called on a request worker for one message at a time, in order; the next
    /// message is read after it returned, so it may do ordinary (short) work.
    void on_message(std::function<void(const std::string& text)> callback);
    /// Called once when the connection has ended for whatever reason, on an I/O thread: it must be short and
    /// never block. Called at once if that has happened already. Never called from `send`.
    void on_close(std::function<void()> callback) { outbox_.on_end(std::move(callback)); }

    // The server's side.

    Outbox& outbox() { return outbox_; }
    void deliver(const std::string& text);
    struct Closing {
        std::uint16_t code = CloseCode::Normal;
        std::string reason;
    };
    Closing closing() const;
    /// The connection is gone: ends the outbox and drops the message callback, which may own this object.
    void end();

private:
    Outbox outbox_;
    mutable std::mutex mutex_;
    bool decided_ = false;
    Closing closing_;
    std::function<void(const std::string&)> on_message_;
};

using WebSocketPtr = std::shared_ptr<WebSocket>;

}  // namespace souk::runtime
