#pragma once

#include "app/reconcile/turn.hpp"

#include <string>

namespace souk::app {

/// A creation is complete: phase Ready, operation succeeded.
Result<> become_ready(Turn& turn);

/// A store that was Ready once: Ready or Degraded with the reason, written only when that is news. Both end
/// an update; one that ends Degraded was a failure, and a suspension is then taken back: the store runs
/// again. A Suspended store stays so, and its condition Available says what is wrong with it.
Result<> report_healthy(Turn& turn);
Result<> report_degraded(Turn& turn, const std::string& reason, const std::string& message);

/// Nothing of the shop runs, as wished: Suspended, written only when that is news.
Result<> report_suspended(Turn& turn);

/// The API server cannot be reached (or can again). While it is away nothing is known: phase and steps stay,
/// and the deadline of what runs is moved by the time it was away.
Result<> report_reachable(Turn& turn, bool reachable, const std::string& message);

}  // namespace souk::app
