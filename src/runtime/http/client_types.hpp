#pragma once

#include "core/common/secret.hpp"

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace souk::runtime {

/// Header fields in the order they came; names compare without case, duplicates are kept.
class HttpHeaders {
public:
    using Field = std::pair<std::string, std::string>;

    HttpHeaders() = default;
    HttpHeaders(std::initializer_list<Field> fields) : fields_(fields) {}

    void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
    /// Replaces every field of that name.
    void set(std::string_view name, std::string value);
    /// The first one; the view lives as long as this object is not changed.
    std::optional<std::string_view> find(std::string_view name) const;
    std::vector<std::string_view> find_all(std::string_view name) const;

    std::size_t size() const { return fields_.size(); }
    bool empty() const { return fields_.empty(); }
    auto begin() const { return fields_.begin(); }
    auto end() const { return fields_.end(); }

private:
    std::vector<Field> fields_;
};

/// Shared by all requests to one server. Everything is PEM text; empty means "not given".
struct TlsOptions {
    std::string ca_pem = {};  // empty: the system's certificates
    std::string client_cert_pem = {};
    Secret client_key_pem = {};
    bool verify = true;  // false accepts any certificate and any name
};

/// Connects to `address` although the URL says `host:port`; Host header, SNI and certificate check keep
/// `host`.
struct ResolveOverride {
    std::string host = {};
    int port = 0;              // of the URL
    std::string address = {};  // "10.0.0.1" or "[::1]"
    int address_port = 0;      // 0: the same port
};

struct HttpRequest {
    std::string method = "GET";
    std::string url = {};  // http:// or https://
    HttpHeaders headers = {};
    std::string body = {};
    /// From start to last byte; zero: no limit (only sensible for streams).
    std::chrono::milliseconds timeout = std::chrono::seconds(30);
    std::chrono::milliseconds connect_timeout = std::chrono::seconds(10);
    /// Timeout when not one byte came for this long; zero: off. Checked every second or so.
    std::chrono::milliseconds idle_timeout = std::chrono::milliseconds(0);
    std::size_t max_response_bytes = std::size_t{8} * 1024 * 1024;  // of the body; not applied to streams
    std::shared_ptr<const TlsOptions> tls = {};                     // none: system certificates, verified
    std::optional<ResolveOverride> resolve = {};
    bool follow_redirects = false;  // at most 5, http and https only, credentials stay with the first host
};

struct HttpResponseHead {
    int status = 0;
    HttpHeaders headers = {};
};

struct HttpResponse {
    int status = 0;
    HttpHeaders headers = {};
    std::string body = {};
};

}  // namespace souk::runtime
