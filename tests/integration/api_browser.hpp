#pragma once

#include "tests/integration/api_world.hpp"

#include <string>
#include <string_view>

namespace souk::test {

/// A browser of one person: it keeps its cookie, and the token for its writes.
class Browser {
public:
    explicit Browser(ApiWorld& world) : world_(world) {}

    ApiAnswer sign_in(const std::string& body, std::string_view headers = {}) {
        auto answer = world_.raw("POST", "/api/v1/session", body, headers);
        if (answer.status == 201) {
            const std::string set = answer.header("Set-Cookie");
            cookie = "Cookie: " + set.substr(0, set.find(';')) + "\r\n";
            csrf = "X-CSRF-Token: " + answer.text("csrf_token") + "\r\n";
        }
        return answer;
    }
    ApiAnswer with_token() { return sign_in(R"({"token":")" + world_.token + "\"}"); }
    ApiAnswer get(std::string_view path) { return world_.raw("GET", path, {}, cookie); }
    ApiAnswer write(std::string_view method, std::string_view path, std::string_view body = {},
                    const std::string& more = {}) {
        return world_.raw(method, path, body, cookie + csrf + more);
    }

    std::string cookie;
    std::string csrf;

private:
    ApiWorld& world_;
};

}  // namespace souk::test
