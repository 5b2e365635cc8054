#pragma once

#include "adapters/http/context.hpp"
#include "app/access/caller.hpp"
#include "core/common/result.hpp"
#include "runtime/http/request.hpp"
#include "runtime/http/response.hpp"

namespace souk::http {

/// The session of the request's cookie. Unauthenticated; Forbidden with reason OriginRefused or CsrfRefused
/// when the request may change something and does not prove that a page of ours sent it.
Result<app::Session> session_of(const Context& context, const runtime::Request& request);

app::Caller caller_of(const app::Session& session, const runtime::Request& request);

/// What the response opens ends with the session of the caller, if it has one.
void tie_to_session(const Context& context, const runtime::Request& request, const app::Caller& caller,
                    runtime::Response& response);

}  // namespace souk::http
