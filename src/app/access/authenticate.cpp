#include "app/access/authenticate.hpp"

namespace souk::app {

Result<Caller> Authenticate::operator()(std::string_view bearer_token) const {
    const auto refused = [] {
        return fail(ErrorCode::Unauthenticated, "a valid token is needed", "Unauthenticated");
    };
    if (bearer_token.empty() || bearer_token.size() > 256) {
        return refused();
    }
    auto tx = database_.begin(Access::Read);
    if (!tx) {
        return forward(tx);
    }
    const auto token = (*tx)->tokens().find_by_hash(crypto_.sha256_hex(bearer_token));
    if (!token) {
        return forward(token);
    }
    if (!token->has_value()) {
        return refused();
    }
    return Caller{.user = (*token)->user, .team = (*token)->team, .role = (*token)->role, .request_id = {}};
}

}  // namespace souk::app
