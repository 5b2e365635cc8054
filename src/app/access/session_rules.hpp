#pragma once

#include "app/ports/crypto.hpp"
#include "app/ports/database.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>

namespace souk::app {

/// A session ends so long after its last use, and in any case so long after it was opened.
inline constexpr std::chrono::hours kSessionIdle{12};
inline constexpr std::chrono::hours kSessionLife{24 * 7};
inline constexpr std::chrono::minutes kCodeLife{5};
/// So many refusals of one address within the window, then it has to wait.
inline constexpr int kMostRefusals = 10;
inline constexpr std::chrono::minutes kRefusalWindow{5};
/// Longer than any token, code or cookie of ours: not worth hashing.
inline constexpr std::size_t kLongestProof = 256;

inline Timestamp session_end(Timestamp opened, Timestamp now) {
    return std::min<Timestamp>(opened + kSessionLife, now + kSessionIdle);
}

/// What a page sends with every change to prove that it is ours: no other site can read it. Derived from the
/// cookie, so it lives as long as the session and needs no row; it does not lead back to the cookie.
inline std::string csrf_token(const Crypto& crypto, std::string_view cookie) {
    return crypto.sha256_hex("csrf:" + std::string(cookie));
}

}  // namespace souk::app
