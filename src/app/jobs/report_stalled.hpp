#pragma once

#include "app/ports/database.hpp"
#include "core/job/job.hpp"

namespace souk::app {

/// Says on the store that its attempts are used up and a person is asked (condition Stalled). Retry forgets
/// the attempts. Part of the transaction that stalls the job: a store whose job rests without saying so could
/// not be retried.
Result<> report_stalled(Transaction& tx, const Job& job, const Error& error);

}  // namespace souk::app
