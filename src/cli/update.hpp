#pragma once

#include "cli/session.hpp"
#include "client/models.hpp"

#include <string_view>

namespace souk::cli {

/// How one of suspend, resume and restart is spoken of.
struct UpdateWords {
    std::string_view action;  // suspend
    std::string_view doing;   // Suspending
    std::string_view done;    // is Suspended
    std::string_view open;    // is not Suspended
};

/// The whole of such a command: asks for it, follows to the end (unless `no_wait`) and tells how it went. Ok
/// when it succeeded, Failed with the reason when not, Interrupted after Ctrl-C, which leaves it running and
/// says so.
ExitCode run_update(Session& session, std::string_view store, const UpdateWords& words, bool no_wait);

}  // namespace souk::cli
