#include "adapters/http/problem.hpp"

#include "adapters/http/api.hpp"
#include "adapters/http/security_headers.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <array>

namespace souk::http {
namespace {

struct StatusOfReason {
    std::string_view reason;
    int status;
};

// Mistakes that HTTP has a status of its own for.
constexpr std::array kStatusOfReason = {
    StatusOfReason{"InvalidParameter", 400},     StatusOfReason{"InvalidHeader", 400},
    StatusOfReason{"PageTokenInvalid", 400},     StatusOfReason{"MalformedJson", 400},
    StatusOfReason{"OriginRefused", 403},        StatusOfReason{"BodyTooLarge", 413},
    StatusOfReason{"UnsupportedMediaType", 415}, StatusOfReason{"PreconditionRequired", 428},
};

int status_of(const Error& error) {
    for (const auto& entry : kStatusOfReason) {
        if (entry.reason == error.reason) {
            return entry.status;
        }
    }
    switch (error.code) {
        case ErrorCode::InvalidInput:
            return 422;
        case ErrorCode::Unauthenticated:
            return 401;
        case ErrorCode::Forbidden:
            return 403;
        case ErrorCode::NotFound:
            return 404;
        case ErrorCode::Gone:
            return 410;
        case ErrorCode::Conflict:
            return 409;
        case ErrorCode::PreconditionFailed:
            return 412;
        case ErrorCode::QuotaExceeded:
            return 429;
        case ErrorCode::Unavailable:
            return 503;
        case ErrorCode::Timeout:
            return 504;
        case ErrorCode::Cancelled:
            return 503;
        case ErrorCode::Internal:
            return 500;
    }
    return 500;
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

std::string snake_case(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (is_upper(c) && !out.empty()) {
            out.push_back('_');
        }
        out.push_back(is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c);
    }
    return out;
}

Problem problem_of(const Error& error) {
    const int status = status_of(error);
    if (status == 500) {
        return {500, "internal", "an internal error happened; the request id finds it in the log", {}, {}};
    }
    return {status,
            snake_case(error.reason.empty() ? to_string(error.code) : error.reason),
            error.message,
            error.fields,
            {}};
}

runtime::Response to_response(const Problem& problem, const runtime::Request* request) {
    boost::json::object document{{"type", "https://souk.dev/problems/" + problem.code},
                                 {"title", runtime::reason_phrase(problem.status)},
                                 {"status", problem.status},
                                 {"detail", problem.detail},
                                 {"code", problem.code}};
    if (request != nullptr) {
        document["instance"] = request->path;
        document["request_id"] = request->request_id;
    }
    if (!problem.errors.empty()) {
        boost::json::array errors;
        for (const FieldProblem& field : problem.errors) {
            errors.push_back(boost::json::object{
                {"pointer", field.pointer}, {"code", field.code}, {"detail", field.detail}});
        }
        document["errors"] = std::move(errors);
    }
    for (const auto& [name, value] : problem.extra) {
        document[name] = value;
    }
    auto response = runtime::Response::with_type(problem.status, "application/problem+json",
                                                 boost::json::serialize(document));
    if (problem.status == 401) {
        response.headers.set("WWW-Authenticate", "Bearer realm=\"souk\"");
    }
    if (problem.status == 429) {
        response.headers.set("Retry-After", problem.code == "too_many_attempts" ? "300" : "60");
    }
    if (problem.status == 503) {
        response.headers.set("Retry-After", "2");
    }
    add_security_headers(response);
    return response;
}

runtime::ErrorRenderer problem_renderer() {
    return [](const runtime::Request* request, int status, std::string_view code, std::string_view detail) {
        return to_response({status, std::string(code), std::string(detail), {}, {}}, request);
    };
}

}  // namespace souk::http
