#include "app/access/resume_session.hpp"

#include "app/access/authenticate.hpp"
#include "app/access/session_rules.hpp"

#include <optional>
#include <utility>

namespace souk::app {
namespace {

constexpr std::chrono::minutes kTouchEvery(1);

/// In a transaction of its own, after the reading one has ended.
Result<> note_use(Database& database, Session& session) {
    auto tx = database.begin(Access::Write);
    if (!tx) {
        return forward(tx);
    }
    const Timestamp expires = session_end(session.created, (*tx)->now());
    auto noted = (*tx)->sessions().touch(session.id, expires).and_then([&](bool) {
        return (*tx)->commit("session_used");
    });
    if (noted) {
        session.last_used = (*tx)->now();
        session.expires = expires;
    }
    return noted;
}

}  // namespace

Result<Session> ResumeSession::operator()(std::string_view cookie) const {
    if (cookie.empty() || cookie.size() > kLongestProof) {
        return unauthenticated();
    }
    std::optional<Session> session;
    bool touch = false;
    {
        auto tx = database_.begin(Access::Read);
        if (!tx) {
            return forward(tx);
        }
        auto found = (*tx)->sessions().find_by_hash(crypto_.sha256_hex(cookie));
        if (!found) {
            return forward(found);
        }
        session = std::move(*found);
        touch = session && (*tx)->now() - session->last_used >= kTouchEvery;
    }
    if (!session) {
        return unauthenticated();
    }
    if (touch) {
        static_cast<void>(note_use(database_, *session));  // as in Authenticate: the next request tries again
    }
    return std::move(*session);
}

}  // namespace souk::app
