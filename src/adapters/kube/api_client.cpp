#include "adapters/kube/api_client.hpp"

#include "adapters/kube/api_errors.hpp"
#include "adapters/kube/names.hpp"
#include "runtime/time/clock.hpp"

#include <boost/json.hpp>
#include <boost/url/parse.hpp>

#include <utility>

namespace souk::kube {
namespace {

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kMetadataOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
constexpr std::size_t kMaxAnswer = std::size_t{64} * 1024 * 1024;

/// "create ingresses/ann in souk-ann-abcdef" out of a path; for messages.
std::string describe_path(std::string_view method, std::string_view path) {
    std::string out(method);
    out += ' ';
    const std::size_t ns = path.find("/namespaces/");
    if (ns == std::string_view::npos) {
        return out.append(path);
    }
    std::string_view rest = path.substr(ns + 12);
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) {
        return out.append("namespace ").append(rest);
    }
    return out.append(rest.substr(slash + 1)).append(" in ").append(rest.substr(0, slash));
}

bool is_secret_path(std::string_view path) { return path.find("/secrets") != std::string_view::npos; }

Error error_of(const runtime::HttpResponse& answer, std::string_view method, const std::string& path) {
    return error_of_answer(answer, describe_path(method, path), is_secret_path(path));
}

}  // namespace

std::string encode_query(const Query& query) {
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    const auto put = [&](std::string_view text) {
        for (const char c : text) {
            const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                               c == '-' || c == '_' || c == '.' || c == '~';
            if (plain) {
                out += c;
            } else {
                const auto byte = static_cast<unsigned char>(c);
                out += '%';
                out += kHex[byte >> 4U];
                out += kHex[byte & 15U];
            }
        }
    };
    for (const auto& [key, value] : query) {
        if (!out.empty()) {
            out += '&';
        }
        put(key);
        out += '=';
        put(value);
    }
    return out;
}

ApiClient::ApiClient(Kubeconfig config, runtime::HttpClient& http, runtime::ProcessRunner* processes,
                     ApiClientOptions options)
    : options_(std::move(options)),
      http_(http),
      credentials_(std::move(config), processes, options_.exec_env,
                   options_.now ? options_.now : std::function<Timestamp()>(&runtime::now)),
      limiter_(options_.requests_per_second, options_.burst),
      base_(credentials_.config().server) {
    const std::string& name = credentials_.config().tls_server_name;
    if (name.empty()) {
        return;
    }
    // The certificate's name stands in the URL, and the connection goes to the address of the kubeconfig.
    const auto url = boost::urls::parse_uri(base_);
    if (!url) {
        return;  // a malformed URL is reported by the first request
    }
    const int port = url->has_port() ? url->port_number() : (url->scheme() == "http" ? 80 : 443);
    resolve_ = runtime::ResolveOverride{name, port, std::string(url->encoded_host()), port};
    base_ = std::string(url->scheme()) + "://" + name + ":" + std::to_string(port) +
            std::string(url->encoded_path());
}

Result<> ApiClient::wait_turn(const std::stop_token& stop) {
    const auto wait = limiter_.take(RateLimiter::Clock::now());
    if (wait.count() > 0 && !runtime::sleep_for(wait, stop)) {
        return fail(ErrorCode::Cancelled, "a stop was requested");
    }
    return {};
}

runtime::HttpRequest ApiClient::make_request(const Call& call, const Credential& credential) const {
    runtime::HttpRequest request;
    request.method = std::string(call.method);
    request.url = base_ + call.path + (call.query.empty() ? "" : "?" + encode_query(call.query));
    request.headers.add("Accept", std::string(call.accept));
    if (!call.body.empty()) {
        request.headers.add("Content-Type", std::string(call.content_type));
    }
    if (!credential.token.empty()) {
        request.headers.add("Authorization", "Bearer " + credential.token.reveal());
    }
    request.body = call.body;
    request.timeout = options_.timeout;
    request.connect_timeout = std::chrono::seconds(5);
    request.max_response_bytes = kMaxAnswer;
    request.tls = credential.tls;
    request.resolve = resolve_;
    return request;
}

Result<runtime::HttpResponse> ApiClient::send(const Call& call, const std::stop_token& stop) {
    for (int attempt = 0;; ++attempt) {
        if (auto ok = wait_turn(stop); !ok) {
            return forward(std::move(ok));
        }
        auto credential = credentials_.current(stop);
        if (!credential) {
            return forward(std::move(credential));
        }
        auto answer = http_.send(make_request(call, *credential), stop);
        if (!answer) {
            return tl::unexpected(std::move(answer).error().within(describe_path(call.method, call.path)));
        }
        if (answer->status == 401 && attempt == 0) {
            credentials_.reject(credential->serial);
            continue;
        }
        return answer;
    }
}

Result<json::value> ApiClient::send_json(const Call& call, const std::stop_token& stop) {
    auto answer = send(call, stop);
    if (!answer) {
        return forward(std::move(answer));
    }
    if (answer->status < 200 || answer->status >= 300) {
        return tl::unexpected(error_of(*answer, call.method, call.path));
    }
    auto value = parse_json(answer->body);
    if (!value) {
        return tl::unexpected(std::move(value).error().within(describe_path(call.method, call.path)));
    }
    return value;
}

Result<json::value> ApiClient::get(const std::string& path, std::stop_token stop) {
    return send_json({"GET", path, {}, {}, kJson, kJson}, stop);
}

Result<std::optional<json::value>> ApiClient::find(const std::string& path, std::stop_token stop) {
    auto value = get(path, std::move(stop));
    if (value) {
        return std::optional<json::value>(std::move(*value));
    }
    if (value.error().code == ErrorCode::NotFound) {
        return std::optional<json::value>();
    }
    return forward(std::move(value));
}

Result<> ApiClient::list_as(std::string_view accept, const std::string& path, const Query& query,
                            const std::function<void(const json::value&)>& each,
                            const std::stop_token& stop) {
    std::string next;
    do {
        Query page = query;
        page.emplace_back("limit", std::to_string(options_.page_size));
        if (!next.empty()) {
            page.emplace_back("continue", next);
        }
        auto answer = send_json({"GET", path, std::move(page), {}, kJson, accept}, stop);
        if (!answer) {
            if (answer.error().code == ErrorCode::Gone) {
                answer.error().code =
                    ErrorCode::Unavailable;  // the list aged while we read it; a new one will do
            }
            return forward(std::move(answer));
        }
        const json::value* items = find_at(*answer, {"items"});
        if (items == nullptr || !(items->is_array() || items->is_null())) {
            return fail(ErrorCode::Internal, describe_path("GET", path) + ": the answer is not a list");
        }
        for (const json::value& item : array_at(*answer, {"items"})) {
            each(item);
        }
        next = text_at(*answer, {"metadata", "continue"});
    } while (!next.empty());
    return {};
}

Result<> ApiClient::list(const std::string& path, const Query& query,
                         const std::function<void(const json::value&)>& each, std::stop_token stop) {
    return list_as(kJson, path, query, each, stop);
}

Result<> ApiClient::list_metadata(const std::string& path, const Query& query,
                                  const std::function<void(const json::value&)>& each, std::stop_token stop) {
    return list_as(kMetadataOnly, path, query, each, stop);
}

Result<json::value> ApiClient::create(const std::string& collection, const json::value& object,
                                      std::stop_token stop) {
    return send_json({"POST",
                      collection,
                      {{"fieldManager", std::string(kFieldManager)}},
                      json::serialize(object),
                      kJson,
                      kJson},
                     stop);
}

Result<json::value> ApiClient::apply(const std::string& path, const json::value& object,
                                     std::stop_token stop) {
    return send_json({"PATCH",
                      path,
                      {{"fieldManager", std::string(kFieldManager)}, {"force", "true"}},
                      json::serialize(object),
                      "application/apply-patch+yaml",
                      kJson},
                     stop);
}

Result<json::value> ApiClient::merge_patch(const std::string& path, const json::value& patch,
                                           std::stop_token stop) {
    return send_json({"PATCH",
                      path,
                      {{"fieldManager", std::string(kFieldManager)}},
                      json::serialize(patch),
                      "application/merge-patch+json",
                      kJson},
                     stop);
}

Result<> ApiClient::remove(const std::string& path, const DeleteOptions& options, std::stop_token stop) {
    json::object body{
        {"apiVersion", "v1"}, {"kind", "DeleteOptions"}, {"propagationPolicy", options.propagation}};
    if (!options.uid.empty()) {
        body["preconditions"] = json::object{{"uid", options.uid}};
    }
    auto answer = send({"DELETE", path, {}, json::serialize(body), kJson, kJson}, stop);
    if (!answer) {
        return forward(std::move(answer));
    }
    if (answer->status == 404 || (answer->status >= 200 && answer->status < 300)) {
        return {};
    }
    return tl::unexpected(error_of(*answer, "DELETE", path));
}

Result<std::string> ApiClient::get_text(const std::string& path, const Query& query, std::stop_token stop) {
    auto answer = send({"GET", path, query, {}, kJson, "*/*"}, stop);
    if (!answer) {
        return forward(std::move(answer));
    }
    if (answer->status != 200) {
        return tl::unexpected(error_of(*answer, "GET", path));
    }
    return std::move(answer->body);
}

std::unique_ptr<runtime::HttpStream> ApiClient::stream(const std::string& path, const Query& query,
                                                       std::chrono::milliseconds timeout,
                                                       std::chrono::milliseconds idle,
                                                       runtime::StreamCallbacks callbacks,
                                                       std::stop_token stop, std::uint64_t* serial) {
    auto credential = credentials_.current(stop);
    if (!credential) {
        if (callbacks.on_done) {
            callbacks.on_done(forward(std::move(credential)));
        }
        return nullptr;
    }
    if (serial != nullptr) {
        *serial = credential->serial;
    }
    runtime::HttpRequest request = make_request({"GET", path, query, {}, kJson, kJson}, *credential);
    request.timeout = timeout;
    request.idle_timeout = idle;
    return http_.stream(std::move(request), std::move(callbacks));
}

}  // namespace souk::kube
