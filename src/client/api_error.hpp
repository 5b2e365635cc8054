#pragma once

#include "core/common/result.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace souk::runtime {
struct HttpResponse;
}

namespace souk::client {

/// Why a call did not succeed: of the server (a problem document) or of the way to it.
struct ApiError {
    Error error;             // code by what to do next, the problem's detail, its fields
    int status = 0;          // 0: no answer came
    std::string code;        // of the problem ("name_taken"), or empty
    std::string request_id;  // or empty
    std::string document;    // the problem as JSON text; one of our own making when the server gave none
    std::optional<std::chrono::seconds> retry_after = {};
};

template <class T = void>
using ApiResult = tl::expected<T, ApiError>;

/// Of an answer that is no success. Whatever the body is, the result makes sense.
ApiError error_from_response(const runtime::HttpResponse& response);

/// Of a request that got no answer, or of an answer that makes no sense.
ApiError error_from(Error error);

}  // namespace souk::client
