#pragma once

#include "runtime/http/client.hpp"

#include <memory>
#include <string>

namespace souk::runtime {

struct CurlHttpClientOptions {
    long max_idle_connections = 128;     // keep above the number of streams
    std::string user_agent = {};         // empty: none is sent
    bool use_environment_proxy = false;  // false ignores HTTPS_PROXY and friends
    bool http2 = true;                   // over TLS, when the server offers it
};

/// One thread with libcurl's multi loop; connections are kept and shared between requests.
/// The destructor cancels what is running (every callback has returned by then); no `send` may be in progress
/// later.
class CurlHttpClient final : public HttpClient {
public:
    explicit CurlHttpClient(CurlHttpClientOptions options = {});
    ~CurlHttpClient() override;
    CurlHttpClient(const CurlHttpClient&) = delete;
    CurlHttpClient& operator=(const CurlHttpClient&) = delete;

    Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop) override;
    std::unique_ptr<HttpStream> stream(HttpRequest request, StreamCallbacks callbacks) override;

private:
    class Loop;
    std::shared_ptr<Loop> loop_;
};

}  // namespace souk::runtime
