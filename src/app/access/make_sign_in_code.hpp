#pragma once

#include "app/access/caller.hpp"
#include "app/ports/crypto.hpp"
#include "app/ports/database.hpp"
#include "core/common/secret.hpp"

namespace souk::app {

struct MadeSignInCode {
    Secret code;
    Timestamp expires;
};

/// Makes a code that signs in as the caller, once and within `kCodeLife`. Only its hash is kept. Thread-safe.
class MakeSignInCode {
public:
    MakeSignInCode(Database& database, Crypto& crypto) : database_(database), crypto_(crypto) {}
    Result<MadeSignInCode> operator()(const Caller& caller) const;

private:
    Database& database_;
    Crypto& crypto_;
};

}  // namespace souk::app
