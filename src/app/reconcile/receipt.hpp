#pragma once

#include "app/reconcile/turn.hpp"

namespace souk::app {

/// Brings the deletion receipt up to date: what is there now is added, what was there and is not any more is
/// gone. The first call is before anything is removed. Safe to repeat.
Result<> update_receipt(Turn& turn);

/// The receipt of a deletion that has ended, in the caller's transaction.
Result<> complete_receipt(Transaction& tx, const StoreId& store);

}  // namespace souk::app
