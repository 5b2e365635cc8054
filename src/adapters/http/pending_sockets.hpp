#pragma once

#include "runtime/http/websocket.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>

namespace souk::http {

/// WebSockets whose client has not said who it is. There are few of them, and not for long: one that is too
/// old is closed when the next one comes, and its message is refused. Thread-safe.
class PendingSockets {
public:
    enum class Turn { First, Known, TooLate };

    bool has_room();
    std::uint64_t add(const runtime::WebSocketPtr& socket);
    /// What a message of this socket is: its first one, one after that, or one that came too late.
    Turn take(std::uint64_t ticket);

private:
    using Clock = std::chrono::steady_clock;
    struct Entry {
        std::weak_ptr<runtime::WebSocket> socket;
        Clock::time_point until;
    };
    void drop_old();  // the caller holds the lock

    std::mutex mutex_;
    std::map<std::uint64_t, Entry> entries_;
    std::uint64_t next_ = 1;
};

}  // namespace souk::http
