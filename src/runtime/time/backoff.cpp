#include "runtime/time/backoff.hpp"

#include "runtime/crypto/random.hpp"

#include <algorithm>
#include <utility>

namespace souk::runtime {

Backoff::Backoff(std::chrono::milliseconds base, std::chrono::milliseconds cap)
    : Backoff(base, cap, [] { return random_unit(); }) {}

Backoff::Backoff(std::chrono::milliseconds base, std::chrono::milliseconds cap, Random random)
    : base_(std::max(base, std::chrono::milliseconds(1))),
      cap_(std::max(cap, base_)),
      random_(std::move(random)) {}

std::chrono::milliseconds Backoff::limit(int attempt) const {
    auto limit = base_;
    for (int i = 0; i < attempt && limit < cap_; ++i) {
        limit = limit > cap_ / 2 ? cap_ : limit * 2;  // never beyond the range of the type
    }
    return std::min(limit, cap_);
}

std::chrono::milliseconds Backoff::delay(int attempt) const {
    const double share = std::clamp(random_(), 0.0, 1.0);
    const auto longest = static_cast<double>(limit(attempt).count());
    return std::chrono::milliseconds(static_cast<std::chrono::milliseconds::rep>(share * longest));
}

}  // namespace souk::runtime
