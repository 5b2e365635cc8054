#pragma once

#include "app/access/caller.hpp"
#include "app/ports/database.hpp"
#include "app/ports/engines.hpp"
#include "app/ports/ids.hpp"
#include "app/ports/signals.hpp"
#include "app/stores/accepted.hpp"
#include "app/stores/check_new_store.hpp"
#include "app/stores/idempotency.hpp"
#include "app/stores/limits.hpp"
#include "core/plan/plan.hpp"

#include <vector>

namespace souk::app {

/// Writes store, operation, job, audit row, idempotency row and event in one transaction, or nothing.
/// Errors: InvalidInput with every wrong field; Conflict "NameTaken" (message names the other store's id);
/// QuotaExceeded.
class CreateStore {
public:
    CreateStore(Database& database, IdSource& ids, const EngineCatalogue& engines,
                const std::vector<Plan>& plans, const ClusterSettings& cluster, const Limits& limits,
                Signals& signals)
        : database_(database),
          ids_(ids),
          engines_(engines),
          plans_(plans),
          cluster_(cluster),
          limits_(limits),
          signals_(signals) {}

    Result<Accepted> operator()(const NewStore& input, const Caller& caller, const IdempotencyKey& key,
                                const RenderAccepted& render) const;

private:
    Database& database_;
    IdSource& ids_;
    const EngineCatalogue& engines_;
    const std::vector<Plan>& plans_;
    const ClusterSettings& cluster_;
    const Limits& limits_;
    Signals& signals_;
};

}  // namespace souk::app
