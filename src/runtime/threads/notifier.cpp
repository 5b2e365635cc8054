#include "runtime/threads/notifier.hpp"

namespace souk::runtime {

void Notifier::notify() {
    {
        const std::scoped_lock lock(mutex_);
        ++count_;
    }
    changed_.notify_all();
}

std::uint64_t Notifier::count() const {
    const std::scoped_lock lock(mutex_);
    return count_;
}

Notifier::Wake Notifier::wait(std::uint64_t& seen, std::chrono::milliseconds at_most, std::stop_token stop) {
    std::unique_lock lock(mutex_);
    const bool notified = changed_.wait_for(lock, stop, at_most, [&] { return count_ != seen; });
    seen = count_;
    if (notified) {
        return Wake::Notified;
    }
    return stop.stop_requested() ? Wake::Stopped : Wake::TimedOut;
}

}  // namespace souk::runtime
