#pragma once

#include "app/ports/database.hpp"

#include <functional>
#include <optional>
#include <string>

namespace souk::app {

/// A request that carries an Idempotency-Key. The answer is stored in the transaction of the effect, so a
/// client that lost it can ask again and gets the same one.
struct IdempotencyKey {
    std::string scope;        // team, method and route
    std::string key;          // empty: the request has none
    std::string fingerprint;  // SHA-256 of the canonical request

    bool given() const { return !key.empty(); }
};

/// The stored answer of the same request; nullopt: first time. InvalidInput with reason
/// "IdempotencyKeyReused" when the key came with another body.
inline Result<std::optional<StoredAnswer>> find_answer(Transaction& tx, const IdempotencyKey& key) {
    if (!key.given()) {
        return std::nullopt;
    }
    auto found = tx.idempotency().find(key.scope, key.key);
    if (found && found->has_value() && (*found)->fingerprint != key.fingerprint) {
        return fail(ErrorCode::InvalidInput, "this Idempotency-Key was used with another request",
                    "IdempotencyKeyReused");
    }
    return found;
}

/// Keeps the answer under the key, if one was given.
inline Result<> keep_answer(Transaction& tx, const IdempotencyKey& key, StoredAnswer answer) {
    if (!key.given()) {
        return {};
    }
    answer.fingerprint = key.fingerprint;
    return tx.idempotency().insert(key.scope, key.key, answer);
}

}  // namespace souk::app
