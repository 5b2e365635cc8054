#pragma once

#include "cli/session.hpp"
#include "client/models.hpp"

namespace souk::cli {

/// What `create` and `retry` do once the server has accepted: follow to the end (unless `no_wait`) and tell
/// how it went. Ok when the store is Ready, Failed with the reason when not, Interrupted after Ctrl-C, which
/// leaves the creation running and says so.
ExitCode finish_creation(Session& session, const client::ApiClient& api, const client::Accepted& accepted,
                         bool no_wait);

}  // namespace souk::cli
