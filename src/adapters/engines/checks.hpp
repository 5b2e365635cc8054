#pragma once

#include "app/ports/engines.hpp"
#include "runtime/http/client.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

namespace souk::engines {

struct HttpChecksOptions {
    /// Host or IP of the cluster's entry point; empty: the store's host is resolved, the port is its
    /// address's.
    std::string entry_address = {};
    int entry_port = 80;
    std::shared_ptr<const runtime::TlsOptions> tls = {};  // for https stores; none: the system's certificates
    std::size_t at_once = 8;                              // checks that run at the same time; the rest waits
    std::chrono::milliseconds timeout = std::chrono::seconds(10);  // of one request
    std::size_t max_body = std::size_t{2} << 20U;
};

/// Plays checks/*.yaml against a store: connects to the configured entry point, whatever DNS says, with the
/// store's host in URL, Host and SNI. Redirects are not followed; one that leaves the store fails the check.
/// Outer errors: Unavailable (the entry point does not answer at all, or the store's host does not resolve
/// when none is configured; reason "EntryUnreachable": then nothing is known of the store), Cancelled. Blocks
/// at most steps * timeout plus the wait for its turn.
class HttpEngineChecks final : public app::EngineChecks {
public:
    /// The client must outlive this object.
    HttpEngineChecks(runtime::HttpClient& client, HttpChecksOptions options)
        : client_(client), options_(std::move(options)) {}

    Result<std::optional<app::CheckFailure>> run(const app::CheckRequest& request,
                                                 std::stop_token stop) override;

private:
    Result<std::optional<app::CheckFailure>> run_all(const app::CheckRequest& request,
                                                     const std::stop_token& stop);
    bool take_turn(const std::stop_token& stop);
    void give_turn_back();

    runtime::HttpClient& client_;
    const HttpChecksOptions options_;
    std::mutex mutex_;
    std::condition_variable_any free_;
    std::size_t running_ = 0;
};

}  // namespace souk::engines
