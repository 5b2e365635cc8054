#pragma once

#include "app/ports/crypto.hpp"
#include "app/ports/database.hpp"

#include <string_view>

namespace souk::app {

/// The value of a cookie -> its session. Unauthenticated, with the words of `Authenticate`, when there is
/// none, it has expired or was ended. Use makes a session live longer: its row is written at most once a
/// minute, and a database that cannot write at the moment refuses nobody. Thread-safe.
class ResumeSession {
public:
    ResumeSession(Database& database, const Crypto& crypto) : database_(database), crypto_(crypto) {}
    Result<Session> operator()(std::string_view cookie) const;

private:
    Database& database_;
    const Crypto& crypto_;
};

}  // namespace souk::app
