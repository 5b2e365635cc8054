#include "adapters/http/site.hpp"

#include "adapters/http/host.hpp"

#include <algorithm>
#include <utility>

namespace souk::http {
namespace {

bool is_path_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '/';
}

bool is_base_path(std::string_view path) {
    return path == "/" ||
           (path.starts_with('/') && !path.ends_with('/') && path.find("//") == std::string_view::npos &&
            std::all_of(path.begin(), path.end(), is_path_character));
}

/// RFC 6761: localhost and names below it are loopback.
bool is_loopback(std::string_view host) {
    const std::string_view name = split_host(host).name;
    const bool ipv4 =
        name.starts_with("127.") && name.find_first_not_of("0123456789.") == std::string_view::npos;
    return name == "localhost" || name.ends_with(".localhost") || name == "[::1]" || ipv4;
}

}  // namespace

std::string_view authority_of(std::string_view origin) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (origin.starts_with(scheme)) {
            const auto authority = origin.substr(scheme.size());
            return authority.find_first_of("/?#@*, \t\r\n") == std::string_view::npos ? authority
                                                                                      : std::string_view{};
        }
    }
    return {};
}

Result<Site> Site::make(std::string origin, std::string base_path) {
    if (!origin.empty() && authority_of(origin).empty()) {
        return fail(ErrorCode::InvalidInput,
                    "'" + origin + "' is no origin: scheme://host or scheme://host:port");
    }
    if (!is_base_path(base_path)) {
        return fail(ErrorCode::InvalidInput, "'" + base_path + "' is no path like / or /souk");
    }
    return Site(std::move(origin), std::move(base_path));
}

std::string Site::address(const runtime::Request& request) const {
    return (origin_.empty() ? "http://" + std::string(request.headers.value("Host")) : origin_) + base_path_ +
           (base_path_ == "/" ? "" : "/");
}

bool Site::is_safe(const runtime::Request& request) const {
    return !origin_.empty() || is_loopback(request.headers.value("Host"));
}

bool Site::is_own(const runtime::Request& request) const {
    if (request.headers.count("Origin") != 1) {
        return false;
    }
    const auto origin = request.headers.value("Origin");
    if (!origin_.empty()) {
        return origin == origin_;
    }
    const auto authority = authority_of(origin);
    return !authority.empty() && runtime::equals_ignoring_case(authority, request.headers.value("Host"));
}

}  // namespace souk::http
