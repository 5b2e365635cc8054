#pragma once

#include "app/reconcile/turn.hpp"

namespace souk::app {

/// Moves a Requested store (or a Failed one that is retried) to Provisioning if the limits leave room,
/// counted in one locked transaction, and nobody who could take the place waits longer; else it waits with
/// its position shown. True: admitted.
Result<bool> admit(Turn& turn);

}  // namespace souk::app
