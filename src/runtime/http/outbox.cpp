#include "runtime/http/outbox.hpp"

#include <utility>

namespace souk::runtime {

bool Outbox::has_room(std::size_t bytes) const {
    const auto used = queued_bytes_ + in_flight_bytes_;
    return queue_.size() + in_flight_ < limits_.messages && bytes <= limits_.bytes &&
           used <= limits_.bytes - bytes;
}

void Outbox::wake() const {
    if (wake_) {
        wake_();
    }
}

bool Outbox::push(std::string message) {
    const std::scoped_lock lock(mutex_);
    if (closed_) {
        return false;
    }
    if (!has_room(message.size())) {
        closed_ = true;
        overflowed_ = true;
        room_.notify_all();
        wake();
        return false;
    }
    queued_bytes_ += message.size();
    queue_.push_back(std::move(message));
    if (queue_.size() == 1) {
        wake();
    }
    return true;
}

bool Outbox::push_when_room(std::string message, std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    const auto size = message.size();
    const bool ready = room_.wait_for(lock, patience, [&] { return closed_ || has_room(size); });
    if (!ready || closed_) {
        return false;
    }
    queued_bytes_ += size;
    queue_.push_back(std::move(message));
    if (queue_.size() == 1) {
        wake();
    }
    return true;
}

void Outbox::close() {
    const std::scoped_lock lock(mutex_);
    if (closed_) {
        return;
    }
    closed_ = true;
    room_.notify_all();
    wake();
}

bool Outbox::closed() const {
    const std::scoped_lock lock(mutex_);
    return closed_;
}

void Outbox::on_end(std::function<void()> callback) {
    {
        const std::scoped_lock lock(mutex_);
        if (!ended_) {
            on_end_.push_back(std::move(callback));
            return;
        }
    }
    callback();
}

void Outbox::attach(std::function<void()> wake_connection) {
    const std::scoped_lock lock(mutex_);
    if (ended_) {
        return;
    }
    wake_ = std::move(wake_connection);
    wake();
}

std::vector<std::string> Outbox::take(std::size_t max_bytes) {
    const std::scoped_lock lock(mutex_);
    std::vector<std::string> out;
    std::size_t bytes = 0;
    while (!queue_.empty() && (out.empty() || bytes + queue_.front().size() < max_bytes)) {
        bytes += queue_.front().size();
        out.push_back(std::move(queue_.front()));
        queue_.pop_front();
    }
    queued_bytes_ -= bytes;
    in_flight_bytes_ += bytes;
    in_flight_ += out.size();
    return out;
}

void Outbox::written() {
    const std::scoped_lock lock(mutex_);
    in_flight_ = 0;
    in_flight_bytes_ = 0;
    room_.notify_all();
}

bool Outbox::overflowed() const {
    const std::scoped_lock lock(mutex_);
    return overflowed_;
}

bool Outbox::drained() const {
    const std::scoped_lock lock(mutex_);
    return closed_ && queue_.empty();
}

void Outbox::end() {
    std::vector<std::function<void()>> callbacks;
    std::function<void()> dropped;  // destroyed outside the lock
    {
        const std::scoped_lock lock(mutex_);
        closed_ = true;
        ended_ = true;
        queue_.clear();
        queued_bytes_ = 0;
        dropped.swap(wake_);
        callbacks.swap(on_end_);
        room_.notify_all();
    }
    for (const auto& callback : callbacks) {
        callback();
    }
}

}  // namespace souk::runtime
