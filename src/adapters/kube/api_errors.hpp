#pragma once

#include "core/common/result.hpp"
#include "runtime/http/client_types.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace souk::kube {

/// What an answer of the API server with status 400 or more means for the caller. `doing` names verb and
/// object ("create Ingress ann"). `secret`: the server's own words are left out, because they may quote what
/// we sent.
///
/// 404 NotFound, 409 Conflict, 403 Forbidden (reason QuotaExceeded, PodRefused, AdmissionDenied or Forbidden;
/// of a namespace that is being deleted: Conflict, NamespaceTerminating), 422 InvalidInput (of an admission
/// policy: Forbidden), 410 Gone, 429 and 5xx Unavailable, 408 and 504 Timeout, 401 Unauthenticated.
Error error_of_answer(const runtime::HttpResponse& answer, std::string_view doing, bool secret);

/// Why a controller could not make a pod, from its own message: QuotaExceeded or PodRefused. Nothing when it
/// is a passing state (the quota is not counted yet, the account is not made yet, the namespace goes away).
std::optional<std::string> reason_of_refusal(std::string_view message);

/// Seconds of a Retry-After header; nothing when there is none or it is a date.
std::optional<std::chrono::seconds> retry_after(const runtime::HttpHeaders& headers);

}  // namespace souk::kube
