#pragma once

#include "core/common/result.hpp"
#include "runtime/http/client_types.hpp"

#include <functional>
#include <memory>
#include <stop_token>
#include <string_view>

namespace souk::runtime {

/// Handle of a running stream. Dropping it cancels the stream.
class HttpStream {
public:
    virtual ~HttpStream() = default;
    /// Any thread, also a callback; repeating it is harmless. `on_done` still comes, with Cancelled unless it
    /// was over.
    virtual void cancel() = 0;
    /// Returns after `on_done` has returned. Never call it from a callback.
    virtual void wait() = 0;
};

/// All callbacks run on the client's own thread, one at a time, and must not block: a slow one delays every
/// request.
struct StreamCallbacks {
    std::function<void(const HttpResponseHead&)> on_headers = {};  // at most once, also for error statuses
    /// The body in pieces of any size, also that of an error status. False ends the stream with Cancelled.
    std::function<bool(std::string_view)> on_data = {};
    /// Exactly once and last. Success means the server ended the body properly, whatever the status.
    std::function<void(Result<>)> on_done = {};
};

/// Outgoing HTTP. Safe for use from any thread.
///
/// An answer with any status is a success. Errors: InvalidInput (bad URL or request), Unavailable (no
/// connection, reset, TLS failure, body cut), Timeout, Cancelled (stop requested or client closed), Internal
/// (answer too large or not HTTP). Messages name method and host, never headers, query or body.
class HttpClient {
public:
    virtual ~HttpClient() = default;
    /// Blocks the caller until the answer is complete. Not repeated by itself, whatever happens.
    virtual Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop) = 0;
    /// Returns at once; a request that cannot start reports it through `on_done` as well.
    virtual std::unique_ptr<HttpStream> stream(HttpRequest request, StreamCallbacks callbacks) = 0;
};

}  // namespace souk::runtime
