#include "client/api_error.hpp"

#include "client/json_reader.hpp"
#include "runtime/http/client_types.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace souk::client {
namespace {

namespace json = boost::json;

constexpr std::chrono::seconds kLongestRetryAfter{300};

ErrorCode code_of(int status) {
    switch (status) {
        case 400:
        case 413:
        case 415:
        case 422:
            return ErrorCode::InvalidInput;
        case 401:
            return ErrorCode::Unauthenticated;
        case 403:
            return ErrorCode::Forbidden;
        case 404:
            return ErrorCode::NotFound;
        case 409:
            return ErrorCode::Conflict;
        case 410:
            return ErrorCode::Gone;
        case 412:
        case 428:
            return ErrorCode::PreconditionFailed;
        case 429:
            return ErrorCode::QuotaExceeded;
        case 502:
        case 503:
            return ErrorCode::Unavailable;
        case 504:
            return ErrorCode::Timeout;
        default:
            return ErrorCode::Internal;
    }
}

/// Seconds only; the date form is for proxies that are not worth the code.
std::optional<std::chrono::seconds> retry_after(const runtime::HttpHeaders& headers) {
    const auto text = headers.find("Retry-After");
    if (!text) {
        return std::nullopt;
    }
    long seconds = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), seconds);
    if (error != std::errc{} || end != text->data() + text->size() || seconds < 0) {
        return std::nullopt;
    }
    return std::min(std::chrono::seconds(seconds), kLongestRetryAfter);
}

std::string own_document(const ApiError& made) {
    return json::serialize(json::object{{"title", to_string(made.error.code)},
                                        {"status", made.status},
                                        {"detail", made.error.message},
                                        {"code", made.code},
                                        {"request_id", made.request_id}});
}

std::vector<FieldProblem> fields_of(const json::object& problem) {
    std::vector<FieldProblem> fields;
    for_each_object(problem, "errors", [&](const json::object& item) {
        fields.push_back({text_of(item, "pointer"), text_of(item, "code"), text_of(item, "detail")});
    });
    return fields;
}

}  // namespace

ApiError error_from_response(const runtime::HttpResponse& response) {
    ApiError made;
    made.status = response.status;
    made.error.code = code_of(response.status);
    made.request_id = response.headers.find("X-Request-Id").value_or("");
    made.retry_after = retry_after(response.headers);
    const auto body = parse_object(response.body);
    if (body && !text_of(*body, "detail").empty()) {
        made.error.message = text_of(*body, "detail");
        made.error.fields = fields_of(*body);
        made.code = text_of(*body, "code");
        if (made.request_id.empty()) {
            made.request_id = text_of(*body, "request_id");
        }
        made.document = json::serialize(*body);
        return made;
    }
    made.error.message = "the server answered with status " + std::to_string(response.status) +
                         " and no explanation; is it soukd?";
    made.document = own_document(made);
    return made;
}

ApiError error_from(Error error) {
    ApiError made;
    made.error = std::move(error);
    made.code = made.error.code == ErrorCode::Unavailable ? "unreachable" : "";
    made.document = own_document(made);
    return made;
}

}  // namespace souk::client
