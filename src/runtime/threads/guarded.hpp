#pragma once

#include <mutex>
#include <utility>

namespace souk::runtime {

/// Lock and data in one object: there is no way to the value without the lock.
/// Never call a port, a callback or `with` of the same object inside `with`.
template <class T>
class Guarded {
public:
    Guarded() = default;
    explicit Guarded(T value) : value_(std::move(value)) {}

    template <class F>
    decltype(auto) with(F&& f) {
        const std::scoped_lock lock(mutex_);
        return std::forward<F>(f)(value_);
    }
    template <class F>
    decltype(auto) with(F&& f) const {
        const std::scoped_lock lock(mutex_);
        return std::forward<F>(f)(value_);
    }
    T copy() const {
        const std::scoped_lock lock(mutex_);
        return value_;
    }

private:
    mutable std::mutex mutex_;
    T value_{};
};

}  // namespace souk::runtime
