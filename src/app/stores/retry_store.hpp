#pragma once

#include "app/access/caller.hpp"
#include "app/ports/database.hpp"
#include "app/ports/ids.hpp"
#include "app/ports/signals.hpp"
#include "app/stores/accepted.hpp"
#include "app/stores/idempotency.hpp"

#include <string_view>

namespace souk::app {

/// Tries a Failed store (or a stalled job) again after a person removed the cause. A Failed store waits for
/// its turn like a new one. Errors: NotFound, Gone, Conflict "OperationRunning" or "NothingToRetry".
class RetryStore {
public:
    RetryStore(Database& database, IdSource& ids, Signals& signals)
        : database_(database), ids_(ids), signals_(signals) {}
    Result<Accepted> operator()(std::string_view store, const Caller& caller, const IdempotencyKey& key,
                                const RenderAccepted& render) const;

private:
    Database& database_;
    IdSource& ids_;
    Signals& signals_;
};

}  // namespace souk::app
