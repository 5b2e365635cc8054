#include "runtime/http/websocket.hpp"

#include <utility>

namespace souk::runtime {

namespace {

constexpr std::size_t kMaxReason = 123;  // a control frame has 125 bytes, two of them the code

/// Not in the middle of a UTF-8 character: the other side would have to fail the connection.
std::string_view cut_reason(std::string_view reason) {
    if (reason.size() <= kMaxReason) {
        return reason;
    }
    std::size_t end = kMaxReason;
    while (end > 0 && (static_cast<unsigned char>(reason[end]) & 0xc0U) == 0x80U) {
        --end;
    }
    return reason.substr(0, end);
}

}  // namespace

void WebSocket::close(std::uint16_t code, std::string_view reason) {
    {
        const std::scoped_lock lock(mutex_);
        if (!decided_) {
            decided_ = true;
            closing_ = {code, std::string(cut_reason(reason))};
        }
    }
    outbox_.close();
}

void WebSocket::on_message(std::function<void(const std::string&)> callback) {
    const std::scoped_lock lock(mutex_);
    on_message_ = std::move(callback);
}

void WebSocket::deliver(const std::string& text) {
    std::function<void(const std::string&)> callback;
    {
        const std::scoped_lock lock(mutex_);
        callback = on_message_;
    }
    if (callback) {
        callback(text);
    }
}

WebSocket::Closing WebSocket::closing() const {
    const std::scoped_lock lock(mutex_);
    return closing_;
}

void WebSocket::end() {
    outbox_.end();
    std::function<void(const std::string&)> dropped;  // destroyed outside the lock
    const std::scoped_lock lock(mutex_);
    dropped.swap(on_message_);
}

}  // namespace souk::runtime
