#pragma once

#include "app/reconcile/turn.hpp"
#include "core/reconcile/observed.hpp"

namespace souk::app {

/// A creation fails in two steps, so that a crash between them loses nothing: first the reason and the log
/// lines are kept, then what was made is removed and the store is Failed. `finish_failing` goes on from the
/// kept reason.
Result<> begin_failing(Turn& turn, Step step, std::string reason, std::string message);
Result<> finish_failing(Turn& turn, const Observed& have);

/// Asks for the end of release and volumes of a creation that never was Ready; namespace, fence and Secrets
/// stay.
Result<> remove_remains(Turn& turn, const Observed& have);

/// True when pods and volume claims of the last try are really gone. A new release that finds a claim on its
/// way out would take it for its own and then lose it.
Result<bool> remains_are_gone(Turn& turn, const Observed& have);

}  // namespace souk::app
