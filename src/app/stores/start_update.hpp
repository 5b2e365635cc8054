#pragma once

#include "app/access/caller.hpp"
#include "app/ports/database.hpp"
#include "app/ports/engines.hpp"
#include "app/ports/ids.hpp"
#include "app/ports/signals.hpp"
#include "app/stores/accepted.hpp"
#include "app/stores/idempotency.hpp"

#include <span>
#include <string>
#include <string_view>

namespace souk::app {

/// What changing the wish of a living store needs. References live as long as the use case.
struct UpdateTools {
    Database& database;
    IdSource& ids;
    EngineCatalogue& engines;
    Signals& signals;
};

/// Who asks for which store, and how the answer is written.
struct UpdateRequest {
    std::string_view store;
    const Caller& caller;
    const IdempotencyKey& key;
    const RenderAccepted& render;
};

/// Another wish for a store that was Ready: suspended, running again, restarted. The store is Updating at
/// once; the reconcile loop brings it there, to Ready or to Suspended.
struct UpdateWish {
    OperationKind kind = OperationKind::Restart;
    std::span<const Phase> from{};     // the phases it can be asked for in
    bool Engine::* ability = nullptr;  // what the engine's chart must know
    std::span<const Step> steps{};     // what people will see it go through
    std::string reason;                // of the event, PascalCase
    std::string message;               // of the event, one sentence
    void (*apply)(Store& store, Timestamp now) = nullptr;
};

/// Writes wish, operation, audit row and events in one transaction. Errors: NotFound, Gone, Conflict
/// "OperationRunning", "WrongPhase" or "ActionUnsupported" (a pack from before its engine knew this).
Result<Accepted> start_update(const UpdateTools& tools, const UpdateRequest& request, const UpdateWish& wish,
                              std::string_view commit_name);

}  // namespace souk::app
