#include "adapters/sql/connection_pool.hpp"

#include <algorithm>

namespace souk::sql {

Result<ConnectionPool::Lent> ConnectionPool::take(std::chrono::milliseconds timeout) {
    auto connection = take_raw(timeout);
    if (!connection) {
        return forward(std::move(connection));
    }
    return Lent(*connection, [this](Connection* lent) { give_back(lent); });
}

Result<Connection*> ConnectionPool::take_raw(std::chrono::milliseconds timeout) {
    const auto start = std::chrono::steady_clock::now();
    std::unique_lock lock(mutex_);
    const std::uint64_t ticket = next_ticket_++;
    queue_.push_back(ticket);
    const bool mine = changed_.wait_until(lock, start + timeout, [&] {
        return queue_.front() == ticket && (!idle_.empty() || open_ < capacity_);
    });
    std::erase(queue_, ticket);
    changed_.notify_all();  // somebody else is first now
    const auto waited =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
    counted_.waited += waited;
    counted_.longest_wait = std::max(counted_.longest_wait, waited);
    if (!mine) {
        ++counted_.timeouts;
        return fail(ErrorCode::Timeout, "no database connection got free in time", "DatabaseBusy");
    }
    ++counted_.taken;
    if (!idle_.empty()) {
        Connection* const connection = idle_.back();
        idle_.pop_back();
        return connection;
    }
    ++open_;
    lock.unlock();
    auto made = make_();
    lock.lock();
    if (!made) {
        --open_;
        changed_.notify_all();
        return forward(std::move(made));
    }
    all_.push_back(std::move(*made));
    return all_.back().get();
}

void ConnectionPool::give_back(Connection* connection) {
    const std::scoped_lock lock(mutex_);
    idle_.push_back(connection);
    changed_.notify_all();
}

PoolStats ConnectionPool::stats() const {
    const std::scoped_lock lock(mutex_);
    PoolStats stats = counted_;
    stats.capacity = capacity_;
    stats.open = open_;
    stats.in_use = open_ - static_cast<int>(idle_.size());
    stats.waiting = static_cast<int>(queue_.size());
    return stats;
}

}  // namespace souk::sql
