#pragma once

#include "app/reconcile/turn.hpp"

namespace souk::app {

/// Saves the last 200 lines of every container with the values of every Secret in its namespace masked,
/// before anything is removed; where those cannot be read, nothing is kept. A store whose namespace is not
/// there or not ours has none. Safe to repeat.
Result<> keep_logs(Turn& turn);

}  // namespace souk::app
