#pragma once

#include "adapters/http/api.hpp"
#include "adapters/http/log_followers.hpp"
#include "adapters/http/origins.hpp"
#include "adapters/http/page_tokens.hpp"

#include <memory>

namespace souk::http {

/// What the handlers share. Made by `add_routes`, owned by the handlers together.
struct Context {
    ApiParts& parts;
    Origins origins;
    PageTokens page_tokens;
    LogFollowers followers;
};

using ContextPtr = std::shared_ptr<Context>;

}  // namespace souk::http
