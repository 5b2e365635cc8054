#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace souk::client {

/// One dispatched server-sent event.
struct SseEvent {
    std::string type = "message";
    std::string data = {};
    std::string id = {};  // the last one the stream has sent, also with an earlier event

    friend bool operator==(const SseEvent&, const SseEvent&) = default;
};

/// Reads a text/event-stream from pieces of any size (WHATWG HTML, 9.2.6): how the network cuts the bytes
/// never changes what they mean. Comments are skipped. Memory is bounded; a plain value, not thread-safe.
class SseParser {
public:
    static constexpr std::size_t kMaxEventBytes = std::size_t{1} << 20U;

    explicit SseParser(std::function<void(SseEvent)> on_event, std::size_t max_event_bytes = kMaxEventBytes);

    /// False: a line or an event was larger than allowed. Nothing is read after that.
    bool feed(std::string_view bytes);

    /// As last sent by the server, also in a block without data; what `Last-Event-ID` has to be.
    const std::string& last_id() const { return last_id_; }
    /// As last sent by the server, in milliseconds; at most a minute.
    std::optional<int> retry_ms() const { return retry_ms_; }

private:
    void end_line();
    void field(std::string_view name, std::string_view value);
    void dispatch();

    std::function<void(SseEvent)> on_event_;
    std::size_t max_event_bytes_;
    std::string line_;
    std::string type_;
    std::string data_;
    std::string block_id_;  // becomes last_id_ with the block's end: half a block must not move the position
    bool has_id_ = false;
    std::string last_id_;
    std::optional<int> retry_ms_;
    bool after_cr_ = false;
    bool first_line_ = true;
    bool failed_ = false;
};

}  // namespace souk::client
