#pragma once

#include "app/access/caller.hpp"
#include "app/ports/crypto.hpp"
#include "app/ports/database.hpp"
#include "app/ports/ids.hpp"
#include "core/common/secret.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace souk::app {

/// What somebody shows to be let in.
struct Proof {
    enum class Kind { Token, Code } kind = Kind::Token;
    std::string text;
};

/// Where somebody signs in from.
struct Visitor {
    std::string address;
    std::string agent;  // what the browser calls itself, as text that may be shown
    std::string request_id;
};

struct SignedIn {
    Session session;
    Secret cookie;  // the only time its value exists outside the browser
};

/// Opens a session. A code is used up by it. Unauthenticated with the same words for every failure;
/// QuotaExceeded with reason TooManyAttempts for an address that was refused too often, whatever it shows.
/// Thread-safe.
class SignIn {
public:
    SignIn(Database& database, IdSource& ids, Crypto& crypto)
        : database_(database), ids_(ids), crypto_(crypto) {}
    Result<SignedIn> operator()(const Proof& proof, const Visitor& visitor) const;

private:
    /// Without the write lock: whoever guesses holds up nobody.
    Result<> throttle(const Visitor& visitor) const;
    /// nullopt: nobody.
    Result<std::optional<Caller>> who(Transaction& tx, const Proof& proof) const;
    Result<SignedIn> open(Transaction& tx, const Caller& who, const Visitor& visitor) const;

    Database& database_;
    IdSource& ids_;
    Crypto& crypto_;
};

}  // namespace souk::app
