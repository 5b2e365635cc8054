#pragma once

#include "runtime/http/server.hpp"
#include "runtime/logging/log.hpp"

namespace souk::daemon {

/// One line per request: info for what changes something and for what was refused or failed, debug for the
/// rest. With store_id when the path names a store by its id or the answer knows which one it is about.
/// Thread-safe.
void log_request(const runtime::Logger& log, const runtime::Exchange& exchange);

}  // namespace souk::daemon
