#include "cli/exit_code.hpp"

namespace souk::cli {

ExitCode exit_code(const client::ApiError& error) {
    switch (error.error.code) {
        case ErrorCode::InvalidInput:
            return ExitCode::Invalid;
        case ErrorCode::Unauthenticated:
        case ErrorCode::Forbidden:
            return ExitCode::Unauthenticated;
        case ErrorCode::NotFound:
        case ErrorCode::Gone:
            return ExitCode::NotFound;
        case ErrorCode::Conflict:
        case ErrorCode::PreconditionFailed:
        case ErrorCode::QuotaExceeded:
            return ExitCode::Conflict;
        case ErrorCode::Unavailable:
        case ErrorCode::Timeout:
            return ExitCode::Unreachable;
        case ErrorCode::Cancelled:
            return ExitCode::Interrupted;
        case ErrorCode::Internal:
            return ExitCode::Failed;
    }
    return ExitCode::Failed;
}

}  // namespace souk::cli
