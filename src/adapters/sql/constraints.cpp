#include "adapters/sql/constraints.hpp"

#include <array>
#include <string>

namespace souk::sql {
namespace {

struct Meaning {
    std::string_view columns;
    std::string_view reason;
    std::string_view message;
};

constexpr std::array kMeanings = {
    Meaning{"stores.team, stores.name", "NameTaken", "a store of this team already has this name"},
    Meaning{"stores.slug", "SlugTaken", "a store already has this slug"},
    Meaning{"stores.id", "IdTaken", "a store with this id exists"},
    Meaning{"operations.store_id", "OperationRunning", "another operation of this store is running"},
    Meaning{"operations.id", "IdTaken", "an operation with this id exists"},
    Meaning{"jobs.store_id, jobs.kind", "JobExists", "the store already has a job of this kind"},
    Meaning{"jobs.store_id", "JobRunning", "another job of this store is running"},
    Meaning{"jobs.id", "IdTaken", "a job with this id exists"},
    Meaning{"idempotency.scope, idempotency.idem_key", "KeyUsed", "this idempotency key was used before"},
    Meaning{"tokens.hash", "TokenExists", "this token exists"},
    Meaning{"tokens.id", "IdTaken", "a token with this id exists"},
};

}  // namespace

Error unique_violation(std::string_view columns) {
    for (const Meaning& meaning : kMeanings) {
        if (meaning.columns == columns) {
            return {ErrorCode::Conflict, std::string(meaning.message), std::string(meaning.reason), {}};
        }
    }
    return {
        ErrorCode::Conflict, "a row with the same " + std::string(columns) + " exists", "AlreadyExists", {}};
}

}  // namespace souk::sql
