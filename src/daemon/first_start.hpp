#pragma once

#include "app/faults/fault_points.hpp"
#include "core/common/result.hpp"
#include "core/common/secret.hpp"

#include <string>

namespace souk::daemon {

// Both write files with mode 0600, whole or not at all (temporary file, fsync, rename), in folders made with
// 0700, and may be cut off and repeated at any line. `reach` hears of "file.<name>" around each.

struct TokenFiles {
    std::string token;
    std::string context;  // of the CLI; empty: none
    std::string server;   // for the context
};

/// The admin token to its file, and a context for the CLI that names server and token file.
Result<> write_first_token(const Secret& token, const TokenFiles& files, const app::FaultPoint& reach);

/// The key that page tokens are signed with, from its file, which is made when missing: a list goes on after
/// a restart. InvalidInput when the file holds something else.
Result<Secret> page_token_key(const std::string& path, const app::FaultPoint& reach);

}  // namespace souk::daemon
