#pragma once

#include "core/common/result.hpp"
#include "runtime/http/request.hpp"
#include "runtime/http/response.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace souk::http {

/// A problem document of RFC 9457. `extra` are members of its own ("receipt"), texts only.
struct Problem {
    int status = 500;
    std::string code;  // snake_case, stable
    std::string detail;
    std::vector<FieldProblem> errors{};
    std::vector<std::pair<std::string, std::string>> extra{};
};

/// The document with its headers, Retry-After for 429 and 503 included. `request` may be null (it could not
/// be parsed).
runtime::Response to_response(const Problem& problem, const runtime::Request* request);

/// The one mapping of errors to statuses. The text of an Internal error is for the log, not for the client.
Problem problem_of(const Error& error);

/// "NameTaken" -> "name_taken"
std::string snake_case(std::string_view pascal_case);

}  // namespace souk::http
