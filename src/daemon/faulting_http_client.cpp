#include "daemon/faulting_http_client.hpp"

#include <boost/json.hpp>

#include <string>
#include <utility>

namespace souk::daemon {
namespace {

namespace json = boost::json;

/// Another method than these keeps its name: it is on no list, so the test sees it.
std::string verb_of(const runtime::HttpRequest& request) {
    if (request.method == "POST") {
        return "create";
    }
    if (request.method == "DELETE") {
        return "remove";
    }
    if (request.method == "PATCH") {
        const bool apply = request.headers.find("Content-Type") == "application/apply-patch+yaml";
        return apply ? "apply" : "merge_patch";
    }
    return request.method;
}

struct Place {
    std::string ns;    // empty: of a collection of the cluster
    std::string kind;  // plural, as in the path
};

Place place_of(std::string_view url) {
    constexpr std::string_view kInside = "/namespaces/";
    url = url.substr(0, url.find('?'));
    const std::size_t inside = url.find(kInside);
    if (inside == std::string_view::npos) {
        return {"", std::string(url.substr(url.rfind('/') + 1))};
    }
    const std::string_view rest = url.substr(inside + kInside.size());
    const std::size_t end = rest.find('/');
    if (end == std::string_view::npos) {
        return {std::string(rest), "namespaces"};
    }
    const std::string_view kind = rest.substr(end + 1);
    return {std::string(rest.substr(0, end)), std::string(kind.substr(0, kind.find('/')))};
}

/// souk-green-tea-1a2b3c: green-tea.
std::string slug_of(const std::string& ns) {
    constexpr std::size_t kPrefix = 5;
    constexpr std::size_t kSuffix = 7;
    return ns.size() < kPrefix + kSuffix ? "" : ns.substr(kPrefix, ns.size() - kPrefix - kSuffix);
}

std::string detail_of(const std::string& body) {
    boost::system::error_code error;
    const json::value document = json::parse(body, error);
    const json::object* top = error ? nullptr : document.if_object();
    const json::value* found = top == nullptr ? nullptr : top->if_contains("metadata");
    const json::object* metadata = found == nullptr ? nullptr : found->if_object();
    if (metadata == nullptr) {
        return "";
    }
    if (const json::value* name = metadata->if_contains("name")) {
        return std::string(name->get_string());
    }
    const json::value* annotations = metadata->if_contains("annotations");
    if (annotations == nullptr || annotations->get_object().empty()) {
        return "";
    }
    const std::string key(annotations->get_object().begin()->key());
    return key.substr(key.rfind('/') + 1);
}

std::string point_of(const runtime::HttpRequest& request) {
    const Place place = place_of(request.url);
    // Names of the store itself tell nothing apart: the next store would have other points.
    std::string detail = place.ns.empty() ? "" : detail_of(request.body);
    const std::string slug = slug_of(place.ns);
    if (detail.compare(0, slug.size(), slug) == 0) {
        detail.erase(0, slug.size());
    }
    return "kube." + verb_of(request) + "." + place.kind + (detail.empty() ? "" : "/" + detail);
}

}  // namespace

FaultingHttpClient::FaultingHttpClient(runtime::HttpClient& inner, app::FaultPoint reach)
    : inner_(inner), reach_(std::move(reach)) {}

Result<runtime::HttpResponse> FaultingHttpClient::send(const runtime::HttpRequest& request,
                                                       std::stop_token stop) {
    if (request.method == "GET") {
        return inner_.send(request, std::move(stop));
    }
    return app::around(reach_, point_of(request), [&] { return inner_.send(request, std::move(stop)); });
}

std::unique_ptr<runtime::HttpStream> FaultingHttpClient::stream(runtime::HttpRequest request,
                                                                runtime::StreamCallbacks callbacks) {
    return inner_.stream(std::move(request), std::move(callbacks));
}

}  // namespace souk::daemon
