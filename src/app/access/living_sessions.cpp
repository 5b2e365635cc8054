#include "app/access/living_sessions.hpp"

namespace souk::app {

Result<std::set<std::string>> LivingSessions::operator()(const std::set<std::string>& hashes) const {
    std::set<std::string> living;
    if (hashes.empty()) {
        return living;
    }
    auto tx = database_.begin(Access::Read);
    if (!tx) {
        return forward(tx);
    }
    for (const std::string& hash : hashes) {
        const auto found = (*tx)->sessions().find_by_hash(hash);
        if (!found) {
            return forward(found);
        }
        if (*found) {
            living.insert(hash);
        }
    }
    return living;
}

}  // namespace souk::app
