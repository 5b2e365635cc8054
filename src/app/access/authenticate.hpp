#pragma once

#include "app/access/caller.hpp"
#include "app/ports/crypto.hpp"
#include "app/ports/database.hpp"

#include <string_view>

namespace souk::app {

/// What every request without valid credentials hears, whatever is wrong with them.
inline tl::unexpected<Error> unauthenticated() {
    return fail(ErrorCode::Unauthenticated, "a valid token or session is needed", "Unauthenticated");
}

/// Token -> Caller. The look-up is by hash, so its time tells nothing about a token. Unauthenticated for
/// every failure, with the same words. Notes once a minute when the token was used; a database that cannot
/// write at the moment refuses nobody. Thread-safe.
class Authenticate {
public:
    Authenticate(Database& database, const Crypto& crypto) : database_(database), crypto_(crypto) {}
    Result<Caller> operator()(std::string_view bearer_token) const;

private:
    Database& database_;
    const Crypto& crypto_;
};

}  // namespace souk::app
