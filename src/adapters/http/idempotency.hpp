#pragma once

#include "adapters/http/api.hpp"
#include "app/access/caller.hpp"
#include "app/stores/accepted.hpp"
#include "app/stores/idempotency.hpp"
#include "runtime/http/request.hpp"
#include "runtime/http/response.hpp"

#include <string>
#include <vector>

namespace souk::http {

/// The request's Idempotency-Key, quoted or not, or a key that is not given. `canonical` is what makes two
/// requests the same, without defaults left open. InvalidInput with reason InvalidHeader (400).
Result<app::IdempotencyKey> idempotency_key(const ApiParts& parts, const runtime::Request& request,
                                            const app::Caller& caller,
                                            const std::vector<std::string>& canonical);

/// The answer, marked when it is that of an earlier request.
runtime::Response with_replay_mark(const app::Accepted& accepted);

}  // namespace souk::http
