#pragma once

#include "core/common/result.hpp"
#include "runtime/http/error_renderer.hpp"
#include "runtime/http/request.hpp"
#include "runtime/http/response.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace souk::runtime {

using RouteHandler = std::function<Response(const Request&)>;

struct RouteName {
    std::string method;
    std::string pattern;
    friend bool operator==(const RouteName&, const RouteName&) = default;
    friend auto operator<=>(const RouteName&, const RouteName&) = default;
};

/// Exact table of method and pattern. A pattern is literal segments and whole-segment parameters:
/// "/api/v1/stores/{id}/events". Literal beats parameter, segment by segment from the left. Built once, then
/// only read: `handle` may run on many threads at once.
class Router {
public:
    explicit Router(ErrorRenderer errors);

    /// InvalidInput for a pattern that cannot be parsed, Conflict for a method and pattern that exist already
    /// (also when only the parameter names differ).
    Result<> add(std::string_view method, std::string_view pattern, RouteHandler handler);

    /// For GET and HEAD of a path that no pattern has; no part of `routes`, and `route` stays empty.
    void otherwise(RouteHandler handler) { otherwise_ = std::move(handler); }

    /// Sets `route` and `params` of the request, then runs the handler. Unknown path: what `otherwise` was
    /// given, else 404. Known path, other method: 405 with Allow (OPTIONS without a route too). HEAD runs the
    /// GET handler; the server drops the body. No handler is called for a parameter that is empty.
    Response handle(Request& request) const;

    /// All routes in alphabetical order, for the comparison with the API contract.
    std::vector<RouteName> routes() const;

private:
    struct Node {
        std::map<std::string, Node, std::less<>> literals;
        std::vector<Node> parameter;  // none or one; a vector because Node is incomplete here
        std::map<std::string, RouteHandler, std::less<>> handlers;
        std::string pattern;
        std::vector<std::string> names;  // of the parameters on the way here
    };
    const Node* find(const Node& node, const std::vector<std::string>& segments, std::size_t depth,
                     std::vector<std::string>& values) const;

    ErrorRenderer errors_;
    RouteHandler otherwise_;
    Node root_;
};

}  // namespace souk::runtime
