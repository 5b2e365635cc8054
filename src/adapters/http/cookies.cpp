#include "adapters/http/cookies.hpp"

#include "adapters/http/host.hpp"

namespace souk::http {
namespace {

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// "-8081" of "localhost:8081", empty when there is none.
std::string port_suffix(std::string_view host) {
    const std::string_view port = split_host(host).port;
    const bool digits = !port.empty() && port.find_first_not_of("0123456789") == std::string_view::npos;
    return digits ? "-" + std::string(port) : std::string();
}

}  // namespace

std::string SessionCookie::name(const runtime::Request& request) const {
    return https_ ? "__Host-souk-session" : "souk-session" + port_suffix(request.headers.value("Host"));
}

std::string SessionCookie::value(const runtime::Request& request) const {
    const std::string name_here = name(request);
    std::string_view found;
    if (request.headers.count("Cookie") != 1) {
        return {};
    }
    std::string_view rest = request.headers.value("Cookie");
    while (!rest.empty()) {
        const auto end = rest.find(';');
        const std::string_view pair = trimmed(rest.substr(0, end));
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name_here) {
            if (!found.empty()) {
                return {};
            }
            found = pair.substr(equals + 1);
        }
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    }
    return std::string(found);
}

std::string SessionCookie::set(const runtime::Request& request, std::string_view value,
                               std::chrono::seconds life) const {
    return name(request) + "=" + std::string(value) +
           "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(life.count()) +
           (https_ ? "; Secure" : "");
}

std::string SessionCookie::clear(const runtime::Request& request) const {
    return set(request, "", std::chrono::seconds(0));
}

}  // namespace souk::http
