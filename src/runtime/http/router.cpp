#include "runtime/http/router.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace souk::runtime {

namespace {

bool is_parameter(std::string_view segment) { return segment.starts_with('{') && segment.ends_with('}'); }

bool is_name(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

Result<std::vector<std::string>> split_pattern(std::string_view pattern) {
    const auto bad = [&] {
        return fail(ErrorCode::InvalidInput, "bad route pattern: " + std::string(pattern));
    };
    if (!pattern.starts_with('/')) {
        return bad();
    }
    std::vector<std::string> segments;
    auto rest = pattern.substr(1);
    while (!rest.empty()) {
        const auto slash = rest.find('/');
        const auto segment = rest.substr(0, slash);
        const bool has_brace = segment.find_first_of("{}") != std::string_view::npos;
        const bool ends_with_slash = slash != std::string_view::npos && slash + 1 == rest.size();
        if (segment.empty() || ends_with_slash ||
            (has_brace && !(is_parameter(segment) && is_name(segment.substr(1, segment.size() - 2))))) {
            return bad();
        }
        segments.emplace_back(segment);
        rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
    }
    return segments;
}

}  // namespace

Router::Router(ErrorRenderer errors) : errors_(std::move(errors)) {}

Result<> Router::add(std::string_view method, std::string_view pattern, RouteHandler handler) {
    const auto segments = split_pattern(pattern);
    if (!segments) {
        return forward(segments);
    }
    Node* node = &root_;
    std::vector<std::string> names;
    for (const auto& segment : *segments) {
        if (!is_parameter(segment)) {
            node = &node->literals[segment];
            continue;
        }
        names.push_back(segment.substr(1, segment.size() - 2));
        if (node->parameter.empty()) {
            node->parameter.emplace_back();
        }
        node = &node->parameter.front();
    }
    const bool other_names = !node->handlers.empty() && node->pattern != pattern;
    if (other_names || node->handlers.contains(method)) {
        return fail(ErrorCode::Conflict,
                    "route exists already: " + std::string(method) + " " + std::string(pattern));
    }
    node->pattern = std::string(pattern);
    node->names = std::move(names);
    node->handlers.emplace(std::string(method), std::move(handler));
    return {};
}

const Router::Node* Router::find(const Node& node, const std::vector<std::string>& segments,
                                 std::size_t depth, std::vector<std::string>& values) const {
    if (depth == segments.size()) {
        return node.handlers.empty() ? nullptr : &node;
    }
    if (const auto next = node.literals.find(segments[depth]); next != node.literals.end()) {
        if (const auto* found = find(next->second, segments, depth + 1, values)) {
            return found;
        }
    }
    if (node.parameter.empty() || segments[depth].empty()) {
        return nullptr;
    }
    values.push_back(segments[depth]);
    const auto* found = find(node.parameter.front(), segments, depth + 1, values);
    if (found == nullptr) {
        values.pop_back();
    }
    return found;
}

Response Router::handle(Request& request) const {
    std::vector<std::string> values;
    const auto* node = find(root_, request.segments, 0, values);
    if (node == nullptr && otherwise_ && (request.method == "GET" || request.method == "HEAD")) {
        return otherwise_(request);
    }
    if (node == nullptr) {
        return errors_(&request, 404, "not_found", "nothing has this path");
    }
    request.route = node->pattern;
    for (std::size_t i = 0; i < values.size(); ++i) {
        request.params[node->names[i]] = std::move(values[i]);
    }
    auto found = node->handlers.find(request.method);
    if (found == node->handlers.end() && request.method == "HEAD") {
        found = node->handlers.find("GET");
    }
    if (found != node->handlers.end()) {
        return found->second(request);
    }
    std::string allow;
    for (const auto& [method, handler] : node->handlers) {
        allow += (allow.empty() ? "" : ", ") + method +
                 (method == "GET" && !node->handlers.contains("HEAD") ? ", HEAD" : "");
    }
    return errors_(&request, 405, "method_not_allowed", "this path does not have this method")
        .with_header("Allow", std::move(allow));
}

std::vector<RouteName> Router::routes() const {
    std::vector<RouteName> out;
    std::vector<const Node*> open{&root_};
    while (!open.empty()) {
        const auto* node = open.back();
        open.pop_back();
        for (const auto& [method, handler] : node->handlers) {
            out.push_back({method, node->pattern});
        }
        for (const auto& [segment, child] : node->literals) {
            open.push_back(&child);
        }
        for (const auto& child : node->parameter) {
            open.push_back(&child);
        }
    }
    std::sort(out.begin(), out.end(), [](const RouteName& a, const RouteName& b) {
        return std::tie(a.pattern, a.method) < std::tie(b.pattern, b.method);
    });
    return out;
}

}  // namespace souk::runtime
