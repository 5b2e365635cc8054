#pragma once

#include "adapters/http/api.hpp"
#include "adapters/http/cookies.hpp"
#include "adapters/http/log_followers.hpp"
#include "adapters/http/origins.hpp"
#include "adapters/http/page_tokens.hpp"
#include "adapters/http/site.hpp"

#include <memory>

namespace souk::http {

/// What the handlers share. Made by `add_routes`, owned by the handlers together.
struct Context {
    ApiParts& parts;
    Site site;
    SessionCookie cookie;
    Origins origins;
    PageTokens page_tokens;
    LogFollowers followers;
};

using ContextPtr = std::shared_ptr<Context>;

}  // namespace souk::http
