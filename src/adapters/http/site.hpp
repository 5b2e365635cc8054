#pragma once

#include "core/common/result.hpp"
#include "runtime/http/request.hpp"

#include <string>
#include <string_view>

namespace souk::http {

/// Where people reach soukd with a browser. Immutable.
class Site {
public:
    /// `origin`: scheme://host[:port] of the proxy in front, or empty: plain HTTP, at whatever host a request
    /// names; there people sign in at loopback names only. `base_path`: "/" or "/a/b", which the proxy takes
    /// off. InvalidInput for anything else.
    static Result<Site> make(std::string origin, std::string base_path);

    bool https() const { return origin_.starts_with("https://"); }
    const std::string& base_path() const { return base_path_; }
    /// The address of the page, with a slash at its end.
    std::string address(const runtime::Request& request) const;
    /// A session may begin here: over HTTPS, at a name of loopback, which no network carries, or where
    /// `origin` says in so many words that plain HTTP is meant.
    bool is_safe(const runtime::Request& request) const;
    /// The request says that a page of ours sent it.
    bool is_own(const runtime::Request& request) const;

private:
    Site(std::string origin, std::string base_path)
        : origin_(std::move(origin)), base_path_(std::move(base_path)) {}
    std::string origin_;
    std::string base_path_;
};

/// host[:port] of an origin; empty for what is no origin.
std::string_view authority_of(std::string_view origin);

}  // namespace souk::http
