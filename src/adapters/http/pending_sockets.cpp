#include "adapters/http/pending_sockets.hpp"

namespace souk::http {
namespace {
constexpr std::size_t kMost = 64;
constexpr std::chrono::seconds kTime{10};
}  // namespace

void PendingSockets::drop_old() {
    const auto now = Clock::now();
    for (auto entry = entries_.begin(); entry != entries_.end();) {
        const auto socket = entry->second.socket.lock();
        const bool old = now > entry->second.until;
        if (socket != nullptr && !socket->closed() && old) {
            socket->close(runtime::CloseCode::PolicyViolation, "too_late");
        }
        entry = socket == nullptr || socket->closed() || old ? entries_.erase(entry) : std::next(entry);
    }
}

bool PendingSockets::has_room() {
    const std::scoped_lock lock(mutex_);
    drop_old();
    return entries_.size() < kMost;
}

std::uint64_t PendingSockets::add(const runtime::WebSocketPtr& socket) {
    const std::scoped_lock lock(mutex_);
    entries_.emplace(next_, Entry{socket, Clock::now() + kTime});
    return next_++;
}

PendingSockets::Turn PendingSockets::take(std::uint64_t ticket) {
    const std::scoped_lock lock(mutex_);
    const auto entry = entries_.find(ticket);
    if (entry == entries_.end()) {
        return Turn::Known;
    }
    const bool late = Clock::now() > entry->second.until;
    entries_.erase(entry);
    return late ? Turn::TooLate : Turn::First;
}

}  // namespace souk::http
