#include "app/access/authenticate.hpp"

#include "app/access/session_rules.hpp"

#include <chrono>
#include <optional>

namespace souk::app {
namespace {

constexpr std::chrono::minutes kTouchEvery(1);

/// In a transaction of its own, after the reading one has ended.
Result<> note_use(Database& database, const TokenId& token) {
    auto tx = database.begin(Access::Write);
    if (!tx) {
        return forward(tx);
    }
    return (*tx)->tokens().touch(token).and_then([&] { return (*tx)->commit("token_used"); });
}

}  // namespace

Result<Caller> Authenticate::operator()(std::string_view bearer_token) const {
    if (bearer_token.empty() || bearer_token.size() > kLongestProof) {
        return unauthenticated();
    }
    std::optional<Token> token;
    bool touch = false;
    {
        auto tx = database_.begin(Access::Read);
        if (!tx) {
            return forward(tx);
        }
        auto found = (*tx)->tokens().find_by_hash(crypto_.sha256_hex(bearer_token));
        if (!found) {
            return forward(found);
        }
        token = std::move(*found);
        touch = token && (!token->last_used || (*tx)->now() - *token->last_used >= kTouchEvery);
    }
    if (!token) {
        return unauthenticated();
    }
    if (touch) {
        // Not an error of the request: the time is for people who look for tokens nobody uses, and the next
        // request tries again.
        static_cast<void>(note_use(database_, token->id));
    }
    return Caller{.user = token->user, .team = token->team, .role = token->role, .request_id = {}};
}

}  // namespace souk::app
