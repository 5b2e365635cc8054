#pragma once

#include "runtime/http/outbox.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace souk::runtime {

/// The sending end of a response without end: server-sent events or a followed log. All functions may be
/// called from any thread, also after the client or the server is gone. Dropping the last pointer does not
/// close the stream.
class EventStream {
public:
    explicit EventStream(OutboxLimits limits) : outbox_(limits) {}

    /// Queues bytes exactly as given (the caller formats events) and never waits. False: the stream is
    /// closed. A client that lets the queue fill up is closed, and comes back with Last-Event-ID.
    bool send(std::string bytes) { return bytes.empty() ? !closed() : outbox_.push(std::move(bytes)); }
    /// For a producer with a thread of its own: waits up to `patience` for room. False: closed, or still no
    /// room (the stream stays open then).
    bool send_when_room(std::string bytes, std::chrono::milliseconds patience) {
        return bytes.empty() ? !closed() : outbox_.push_when_room(std::move(bytes), patience);
    }
    bool closed() const { return outbox_.closed(); }
    /// What was sent before still goes out, then the response ends.
    void close() { outbox_.close(); }
    /// Called once when the connection has ended for whatever reason, on an I/O thread: it must be short and
    /// never block. Called at once if that has happened already. Several callbacks may be registered. Never
    /// called from `send`.
    void on_close(std::function<void()> callback) { outbox_.on_end(std::move(callback)); }

    /// For the server's side.
    Outbox& outbox() { return outbox_; }

private:
    Outbox outbox_;
};

using EventStreamPtr = std::shared_ptr<EventStream>;

}  // namespace souk::runtime
