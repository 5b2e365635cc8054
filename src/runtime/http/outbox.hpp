#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace souk::runtime {

struct OutboxLimits {
    std::size_t messages = 256;
    std::size_t bytes = 4U << 20U;
};

/// Bounded queue between any thread (push) and one connection (take). Thread-safe. It knows no sockets: the
/// connection leaves a wake function, which is called under the lock and therefore may only post to its
/// executor.
class Outbox {
public:
    explicit Outbox(OutboxLimits limits) : limits_(limits) {}
    Outbox(const Outbox&) = delete;
    Outbox& operator=(const Outbox&) = delete;

    /// False: closed, or full; being full closes it as overflowed.
    bool push(std::string message);
    /// False: closed, or no room within `patience`; being full does not close it.
    bool push_when_room(std::string message, std::chrono::milliseconds patience);
    /// No more pushes; what is queued may still be taken. Safe to call twice.
    void close();
    bool closed() const;
    /// Called once by `end()`, outside the lock; at once when it has ended already.
    void on_end(std::function<void()> callback);

    // The connection's side.

    /// Sets the wake function and calls it, since messages may wait already.
    void attach(std::function<void()> wake);
    /// The next message, and more while they are fewer than `max_bytes` together. They count against the
    /// limits until `written()`.
    std::vector<std::string> take(std::size_t max_bytes);
    /// What `take` returned has left; makes room.
    void written();
    /// A client too slow for its queue: do not send the rest.
    bool overflowed() const;
    /// Closed and nothing left to take.
    bool drained() const;
    /// The connection is gone: closes, forgets the wake function and all messages, calls the callbacks. Safe
    /// to call twice.
    void end();

private:
    bool has_room(std::size_t bytes) const;
    void wake() const;

    const OutboxLimits limits_;
    mutable std::mutex mutex_;
    std::condition_variable room_;
    std::deque<std::string> queue_;
    std::size_t queued_bytes_ = 0;
    std::size_t in_flight_ = 0;
    std::size_t in_flight_bytes_ = 0;
    bool closed_ = false;
    bool overflowed_ = false;
    bool ended_ = false;
    std::function<void()> wake_;
    std::vector<std::function<void()>> on_end_;
};

}  // namespace souk::runtime
