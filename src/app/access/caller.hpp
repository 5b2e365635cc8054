#pragma once

#include <string>

namespace souk::app {

/// Who asks: found by the edge from the token or session, passed to every use case. A query without a caller
/// does not exist.
struct Caller {
    std::string user = "default";
    std::string team = "default";
    std::string role = "admin";
    std::string request_id;
    std::string session = {};  // id of the browser's session; empty: a token
};

}  // namespace souk::app
