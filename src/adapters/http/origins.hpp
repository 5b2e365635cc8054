#pragma once

#include "adapters/http/site.hpp"
#include "core/common/result.hpp"
#include "runtime/http/request.hpp"
#include "runtime/http/response.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace souk::http {

/// Which other sites may call the API from a browser: those of the settings and nobody else, never "*".
/// Immutable.
class Origins {
public:
    /// InvalidInput for anything but scheme://host[:port].
    static Result<Origins> make(std::vector<std::string> allowed);

    bool any() const { return !allowed_.empty(); }
    bool allowed(std::string_view origin) const;
    /// A WebSocket is not held back by CORS, so its Origin is checked here: none (no browser), our
    /// own, or an allowed one.
    bool may_open_socket(const runtime::Request& request, const Site& site) const;
    /// Lets an allowed origin read the answer.
    void open(const runtime::Request& request, runtime::Response& response) const;
    /// The answer to OPTIONS of a path that has these methods.
    runtime::Response preflight(const runtime::Request& request, const std::string& methods) const;

private:
    explicit Origins(std::vector<std::string> allowed) : allowed_(std::move(allowed)) {}
    std::vector<std::string> allowed_;
};

}  // namespace souk::http
