#pragma once

#include "client/api_error.hpp"

namespace souk::cli {

/// What the shell sees; promised in docs/reference/cli.md.
enum class ExitCode {
    Ok = 0,
    Failed = 1,  // the thing itself failed: the store is Failed, the server is not well, a bug
    Usage = 2,   // wrong command line or settings; nothing was sent
    Unreachable = 3,
    Unauthenticated = 4,  // also: not allowed
    NotFound = 5,         // also: deleted
    Conflict = 6,         // something is in the way: a name, a running operation, a limit
    Invalid = 7,          // the server refused the input
    Interrupted = 130,
};

ExitCode exit_code(const client::ApiError& error);

}  // namespace souk::cli
