#pragma once

#include "app/faults/fault_points.hpp"
#include "runtime/http/client.hpp"

namespace souk::daemon {

/// Decorator for the HTTP client of the cluster: reaches "kube.<verb>.<kind>.before" and ".after" around
/// every request that is not a GET, so no write of the adapter can be without a point. Verbs are create,
/// apply, merge_patch and remove. What a name can tell the writes of one kind apart by follows a slash:
/// the object's name, or the annotation that a patch sets.
class FaultingHttpClient final : public runtime::HttpClient {
public:
    FaultingHttpClient(runtime::HttpClient& inner, app::FaultPoint reach);
    Result<runtime::HttpResponse> send(const runtime::HttpRequest& request, std::stop_token stop) override;
    std::unique_ptr<runtime::HttpStream> stream(runtime::HttpRequest request,
                                                runtime::StreamCallbacks callbacks) override;

private:
    runtime::HttpClient& inner_;
    app::FaultPoint reach_;
};

}  // namespace souk::daemon
