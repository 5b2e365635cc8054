#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace souk::engines {

/// Cookies of one check: one host, so domain, path and expiry are ignored. Bounded; not thread-safe.
class CookieJar {
public:
    /// Takes name and value of one Set-Cookie header; what is malformed or too much is dropped.
    void take(std::string_view set_cookie);
    /// "a=1; b=2", or empty.
    std::string header() const;

private:
    static constexpr std::size_t kMostCookies = 50;
    static constexpr std::size_t kMostBytes = 4096;

    std::map<std::string, std::string, std::less<>> cookies_;
};

}  // namespace souk::engines
