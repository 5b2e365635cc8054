#pragma once

#include <tl/expected.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace souk {

/// What the caller does next decides the code, not the place where it happened.
enum class ErrorCode {
    InvalidInput,        // the caller must change the request
    Unauthenticated,     // no or wrong credentials
    Forbidden,           // refused for good by the other side (RBAC, admission, Pod Security)
    NotFound,            // it does not exist (known to be absent, never "could not look")
    Gone,                // it existed and was deleted
    Conflict,            // somebody else's change or a running operation is in the way
    PreconditionFailed,  // If-Match does not hold
    QuotaExceeded,       // a limit of plan, team or platform
    Unavailable,         // the other side cannot answer now: retry
    Timeout,             // no answer in time: retry
    Cancelled,           // a stop was requested or the lease was lost
    Internal,            // a bug of ours or an answer that makes no sense
};

/// One wrong field of an input. `pointer` is an RFC 6901 pointer into the body ("/name"), or the name of a
/// query parameter.
struct FieldProblem {
    std::string pointer;
    std::string code;    // snake_case, stable
    std::string detail;  // one sentence for a person
};

struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;  // one sentence a person can act on, never a secret
    std::string
        reason;  // PascalCase, stable, for conditions and problem documents; empty: derived from the code
    std::vector<FieldProblem> fields;

    /// Adds what was being done, on the way up.
    Error&& within(std::string_view doing) && {
        message.insert(0, std::string(doing) + ": ");
        return std::move(*this);
    }
};

template <class T = void>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string reason = {}) {
    return tl::unexpected(Error{code, std::move(message), std::move(reason), {}});
}

/// Passes an error on: `if (!x) return forward(x);`
template <class T>
tl::unexpected<Error> forward(T&& result) {
    return tl::unexpected(std::forward<T>(result).error());
}

/// Worth trying again without anybody changing anything.
constexpr bool is_transient(ErrorCode code) {
    switch (code) {
        case ErrorCode::Unavailable:
        case ErrorCode::Timeout:
        case ErrorCode::Conflict:
            return true;
        case ErrorCode::InvalidInput:
        case ErrorCode::Unauthenticated:
        case ErrorCode::Forbidden:
        case ErrorCode::NotFound:
        case ErrorCode::Gone:
        case ErrorCode::PreconditionFailed:
        case ErrorCode::QuotaExceeded:
        case ErrorCode::Cancelled:
        case ErrorCode::Internal:
            return false;
    }
    return false;
}

constexpr std::string_view to_string(ErrorCode code) {
    switch (code) {
        case ErrorCode::InvalidInput:
            return "InvalidInput";
        case ErrorCode::Unauthenticated:
            return "Unauthenticated";
        case ErrorCode::Forbidden:
            return "Forbidden";
        case ErrorCode::NotFound:
            return "NotFound";
        case ErrorCode::Gone:
            return "Gone";
        case ErrorCode::Conflict:
            return "Conflict";
        case ErrorCode::PreconditionFailed:
            return "PreconditionFailed";
        case ErrorCode::QuotaExceeded:
            return "QuotaExceeded";
        case ErrorCode::Unavailable:
            return "Unavailable";
        case ErrorCode::Timeout:
            return "Timeout";
        case ErrorCode::Cancelled:
            return "Cancelled";
        case ErrorCode::Internal:
            return "Internal";
    }
    return "Internal";
}

}  // namespace souk
