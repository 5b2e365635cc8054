#include "app/access/end_session.hpp"

namespace souk::app {

Result<> EndSession::operator()(std::string_view id, const Caller& caller) const {
    const auto missing = [] {
        return fail(ErrorCode::NotFound, "there is no such session", "SessionNotFound");
    };
    const auto session = SessionId::parse(id);
    if (!session) {
        return missing();
    }
    auto tx = database_.begin(Access::Write);
    if (!tx) {
        return forward(tx);
    }
    const auto removed = (*tx)->sessions().remove(*session, caller.user);
    if (!removed) {
        return forward(removed);
    }
    if (!*removed) {
        return missing();
    }
    return (*tx)
        ->audit()
        .append({caller.user, "session.end", {}, session->str(), caller.request_id, (*tx)->now()})
        .and_then([&] { return (*tx)->commit("end_session"); });
}

}  // namespace souk::app
