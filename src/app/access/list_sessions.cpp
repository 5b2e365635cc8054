#include "app/access/list_sessions.hpp"

namespace souk::app {

Result<std::vector<Session>> ListSessions::operator()(const Caller& caller) const {
    auto tx = database_.begin(Access::Read);
    if (!tx) {
        return forward(tx);
    }
    return (*tx)->sessions().list(caller.user);
}

}  // namespace souk::app
