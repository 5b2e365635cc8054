#pragma once

#include "adapters/kube/credentials.hpp"
#include "adapters/kube/json.hpp"
#include "adapters/kube/kinds.hpp"
#include "adapters/kube/rate_limiter.hpp"
#include "runtime/http/client.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace souk::kube {

using Query = std::vector<std::pair<std::string, std::string>>;

struct ApiClientOptions {
    std::chrono::milliseconds timeout = std::chrono::seconds(15);
    double requests_per_second = 500;
    double burst = 1000;
    int page_size = 500;
    std::vector<std::pair<std::string, std::string>> exec_env = {};  // for credential programs (HOME, PATH)
    std::function<Timestamp()> now = {};                             // empty: the system's clock
};

struct DeleteOptions {
    std::string propagation = "Background";  // Foreground, Background, Orphan
    std::string uid = {};                    // precondition; empty: none
};

/// Kubernetes' REST in nine verbs. Errors as in api_errors.hpp, and Unavailable or Timeout when nothing
/// answered: only a 404 of the API server itself is NotFound. A refused credential is renewed once.
/// Thread-safe; blocks; nothing is repeated otherwise.
class ApiClient {
public:
    ApiClient(Kubeconfig config, runtime::HttpClient& http, runtime::ProcessRunner* processes,
              ApiClientOptions options = {});

    Result<json::value> get(const std::string& path, std::stop_token stop);
    /// The object itself or nothing when it does not exist.
    Result<std::optional<json::value>> find(const std::string& path, std::stop_token stop);
    /// All pages. `each` gets every item.
    Result<> list(const std::string& path, const Query& query,
                  const std::function<void(const json::value&)>& each, std::stop_token stop);
    /// The same with metadata only: of a Secret not one byte of content leaves the API server.
    Result<> list_metadata(const std::string& path, const Query& query,
                           const std::function<void(const json::value&)>& each, std::stop_token stop);
    Result<json::value> create(const std::string& collection, const json::value& object,
                               std::stop_token stop);
    /// Server-side apply as "souk", forced: what our text names is ours.
    Result<json::value> apply(const std::string& path, const json::value& object, std::stop_token stop);
    Result<json::value> merge_patch(const std::string& path, const json::value& patch, std::stop_token stop);
    /// An object that is not there is success.
    Result<> remove(const std::string& path, const DeleteOptions& options, std::stop_token stop);
    /// Text of logs.
    Result<std::string> get_text(const std::string& path, const Query& query, std::stop_token stop);
    /// A long answer in pieces (watch, list without blocking, logs that go on). An error here reaches
    /// `on_done` as well. `serial` names the credential, for `reject`, when the head says 401.
    std::unique_ptr<runtime::HttpStream> stream(const std::string& path, const Query& query,
                                                std::chrono::milliseconds timeout,
                                                std::chrono::milliseconds idle,
                                                runtime::StreamCallbacks callbacks, std::stop_token stop,
                                                std::uint64_t* serial = nullptr);
    void reject(std::uint64_t serial) { credentials_.reject(serial); }

    int page_size() const { return options_.page_size; }

private:
    struct Call {
        std::string_view method;
        std::string path;
        Query query;
        std::string body;
        std::string_view content_type;
        std::string_view accept = "application/json";
    };
    Result<runtime::HttpResponse> send(const Call& call, const std::stop_token& stop);
    Result<json::value> send_json(const Call& call, const std::stop_token& stop);
    Result<> list_as(std::string_view accept, const std::string& path, const Query& query,
                     const std::function<void(const json::value&)>& each, const std::stop_token& stop);
    runtime::HttpRequest make_request(const Call& call, const Credential& credential) const;
    Result<> wait_turn(const std::stop_token& stop);

    const ApiClientOptions options_;
    runtime::HttpClient& http_;
    CredentialSource credentials_;
    RateLimiter limiter_;
    std::string base_;  // scheme, host and port as in the URL
    std::optional<runtime::ResolveOverride> resolve_;
};

/// `a=b&c=d` with everything but unreserved characters escaped.
std::string encode_query(const Query& query);

}  // namespace souk::kube
