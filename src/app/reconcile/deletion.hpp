#pragma once

#include "app/reconcile/turn.hpp"

namespace souk::app {

/// Nothing of the store is left: the receipt is completed, the store is Deleted, its operation has succeeded;
/// one transaction.
Result<> finish_deletion(Turn& turn);

/// A deletion that waits too long says what holds it (condition NeedsAttention); nothing is forced.
Result<> report_held(Turn& turn, const std::string& message);

}  // namespace souk::app
