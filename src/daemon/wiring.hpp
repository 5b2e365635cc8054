#pragma once

#include "core/common/result.hpp"
#include "daemon/settings.hpp"

#include <stop_token>

namespace souk::daemon {

/// Builds everything, runs until `stop`, takes everything down in the opposite order. Errors are of the
/// start: a port in use, a database that cannot be opened, a kubeconfig that does not work.
Result<> serve(const Settings& settings, std::stop_token stop);

}  // namespace souk::daemon
