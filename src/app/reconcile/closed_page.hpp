#pragma once

#include "app/ports/engines.hpp"
#include "app/reconcile/turn.hpp"

#include <optional>

namespace souk::app {

/// Whether the address of a suspended store says so, through the entry point: nullopt when it does. An entry
/// point that does not answer is a failure like any other.
Result<std::optional<CheckFailure>> check_closed_page(Turn& turn);

}  // namespace souk::app
