#pragma once

#include "client/api_error.hpp"
#include "client/models.hpp"
#include "client/retry.hpp"
#include "core/common/secret.hpp"
#include "runtime/http/client.hpp"

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace souk::client {

struct Server {
    std::string url;  // "http://127.0.0.1:8090", without a path
    Secret token;
    std::shared_ptr<const runtime::TlsOptions> tls = {};
};

struct NewStore {
    std::string name;
    std::string engine;
    std::string plan;  // empty: the server's default
};

struct StoreFilter {
    std::vector<std::string> phases;
    std::string engine;
    std::string plan;
    std::string search;
    std::string sort;
};

/// What a listing is narrowed to; empty: not by this.
struct OperationFilter {
    std::string store;
    std::string state;
    std::string kind;  // store.create, store.delete...
};

struct EventFilter {
    std::string store;
    std::string type;  // store.renamed...
};

struct LogFilter {
    std::string pod;
    std::string container;
    bool previous = false;
    int tail = 0;  // 0: the server's default
};

/// The API as functions. `store` is an id, slug or name everywhere. Calls that are safe twice are repeated
/// when the connection fails or the server is busy, with the server's Retry-After or a jittered delay; `stop`
/// ends every call with Cancelled. Safe for use from any thread.
class ApiClient {
public:
    ApiClient(runtime::HttpClient& http, Server server, std::stop_token stop, RetryPolicy retry = {});

    /// Repeated with the same key, which makes it happen once. A key is 1 to 255 visible characters.
    ApiResult<Accepted> create_store(const NewStore& wanted, const std::string& idempotency_key) const;
    /// What it would make; changes nothing.
    ApiResult<Validation> validate_store(const NewStore& wanted) const;
    ApiResult<Store> get_store(std::string_view store) const;
    ApiResult<Page<Store>> list_stores(const StoreFilter& filter, int page_size,
                                       const std::string& page_token) const;
    /// Not repeated: its precondition would refuse the second.
    ApiResult<Store> rename_store(std::string_view store, const std::string& name,
                                  const std::string& etag) const;
    ApiResult<Accepted> delete_store(std::string_view store, const std::string& confirmed_name) const;
    /// `action`: retry, suspend, resume or restart.
    ApiResult<Accepted> start_action(std::string_view store, std::string_view action,
                                     const std::string& idempotency_key) const;
    /// `json`: the answer as a JSON document, else text.
    ApiResult<std::string> read_logs(std::string_view store, const LogFilter& filter, bool json) const;
    /// Not repeated: each is an entry in the audit log.
    ApiResult<Credentials> reveal_credentials(std::string_view store, const std::string& reason) const;
    /// Repeated: a code that nobody gets to see ends by itself.
    ApiResult<SignInLink> make_sign_in_link() const;
    ApiResult<Resources> list_resources(std::string_view store) const;
    ApiResult<Usage> get_usage(std::string_view store) const;
    ApiResult<Receipt> get_receipt(std::string_view store) const;

    ApiResult<Operation> get_operation(std::string_view id) const;
    ApiResult<Page<Operation>> list_operations(const OperationFilter& filter, int page_size,
                                               const std::string& page_token) const;
    ApiResult<Operation> cancel_operation(std::string_view id) const;

    /// Newest first.
    ApiResult<Page<Event>> list_events(const EventFilter& filter, int page_size,
                                       const std::string& page_token) const;

    ApiResult<std::vector<Engine>> list_engines() const;
    ApiResult<std::vector<Plan>> list_plans() const;
    /// A server that is not well (503 with a health document) is an answer, not an error.
    ApiResult<Health> get_health() const;

    /// For streams; see `EventFeed` and `LogFeed`.
    runtime::HttpRequest events_request(std::string_view store) const;
    runtime::HttpRequest logs_request(std::string_view store, const LogFilter& filter) const;
    runtime::HttpClient& http() const { return http_; }
    const std::stop_token& stop() const { return stop_; }
    const RetryPolicy& retry() const { return retry_; }

private:
    enum class Repeat { Safe, Never };
    runtime::HttpRequest request(std::string method, const std::string& target) const;
    ApiResult<runtime::HttpResponse> send(const runtime::HttpRequest& request, Repeat repeat) const;
    ApiResult<runtime::HttpResponse> send_once(const runtime::HttpRequest& request) const;
    template <class T>
    ApiResult<T> call(const runtime::HttpRequest& request, Repeat repeat,
                      Result<T> (*read)(const boost::json::object&)) const;

    runtime::HttpClient& http_;
    Server server_;
    std::stop_token stop_;
    RetryPolicy retry_;
};

}  // namespace souk::client
