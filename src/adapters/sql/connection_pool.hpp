#pragma once

#include "adapters/sql/connection.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace souk::sql {

struct PoolStats {
    int capacity = 0;
    int open = 0;  // connections made so far
    int in_use = 0;
    int waiting = 0;  // threads in the queue now
    std::uint64_t taken = 0;
    std::uint64_t timeouts = 0;
    std::chrono::microseconds waited{0};  // by all together
    std::chrono::microseconds longest_wait{0};
};

/// Connections for many threads: first come, first served, so that no writer starves. A pool of one is the
/// writer's lock. Thread-safe; outlives what it lends.
class ConnectionPool {
public:
    using Make = std::function<Result<std::unique_ptr<Connection>>()>;
    /// Gives the connection back when it goes.
    using Lent = std::unique_ptr<Connection, std::function<void(Connection*)>>;

    /// Connections are made when they are first needed, outside the lock.
    ConnectionPool(int capacity, Make make) : capacity_(capacity), make_(std::move(make)) {}

    /// Timeout with reason "DatabaseBusy" when none gets free in time.
    Result<Lent> take(std::chrono::milliseconds timeout);
    PoolStats stats() const;

private:
    Result<Connection*> take_raw(std::chrono::milliseconds timeout);
    void give_back(Connection* connection);

    const int capacity_;
    const Make make_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::uint64_t> queue_;
    std::uint64_t next_ticket_ = 0;
    int open_ = 0;
    std::vector<Connection*> idle_;
    std::vector<std::unique_ptr<Connection>> all_;
    PoolStats counted_;
};

}  // namespace souk::sql
