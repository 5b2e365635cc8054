#pragma once

#include "app/ports/database.hpp"
#include "app/ports/signals.hpp"
#include "core/job/job.hpp"

namespace souk::app {

/// Says on the store that its attempts are used up and a person is asked (condition Stalled). Retry forgets the attempts.
Result<> report_stalled(Database& database, Signals& signals, const Job& job, const Error& error);

}  // namespace souk::app
