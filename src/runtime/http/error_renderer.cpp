#include "runtime/http/error_renderer.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace souk::runtime {

Response render_problem(const Request* request, int status, std::string_view code, std::string_view detail) {
    boost::json::object problem{{"type", "about:blank"},
                                {"title", reason_phrase(status)},
                                {"status", status},
                                {"detail", detail},
                                {"code", code}};
    if (request != nullptr && !request->request_id.empty()) {
        problem["request_id"] = request->request_id;
    }
    return Response::with_type(status, "application/problem+json", boost::json::serialize(problem));
}

}  // namespace souk::runtime
