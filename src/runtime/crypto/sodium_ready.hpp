#pragma once

#include <sodium.h>

#include <cstdlib>

namespace souk::runtime {

/// libsodium wants one call before all others; without a random source nothing of ours may run.
inline void ensure_sodium() {
    static const bool ready = sodium_init() >= 0;
    if (!ready) {
        std::abort();
    }
}

}  // namespace souk::runtime
