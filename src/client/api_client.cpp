#include "client/api_client.hpp"

#include "client/json_reader.hpp"
#include "client/target.hpp"
#include "runtime/http/query.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>

namespace souk::client {
namespace {

namespace json = boost::json;

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kText = "text/plain";
constexpr std::string_view kEventStream = "text/event-stream";

std::string store_path(std::string_view store, std::string_view rest = "") {
    return "/api/v1/stores/" + runtime::percent_encode(store) + std::string(rest);
}

bool worth_repeating(const ApiError& error) {
    return error.error.code == ErrorCode::Unavailable || error.error.code == ErrorCode::Timeout;
}

void set_body(runtime::HttpRequest& request, const json::object& body, std::string_view type = kJson) {
    request.body = json::serialize(body);
    request.headers.set("Content-Type", std::string(type));
}

json::object new_store_body(const NewStore& wanted) {
    json::object body = {{"name", wanted.name}, {"engine", wanted.engine}};
    if (!wanted.plan.empty()) {
        body["plan"] = wanted.plan;
    }
    return body;
}

template <class T>
Result<std::vector<T>> read_all(const json::object& object, std::string_view name,
                                Result<T> (*read)(const json::object&)) {
    std::vector<T> items;
    std::optional<Error> wrong;
    for_each_object(object, name, [&](const json::object& item) {
        auto value = read(item);
        if (!value) {
            wrong = value.error();
            return;
        }
        items.push_back(std::move(*value));
    });
    if (wrong) {
        return tl::unexpected(*wrong);
    }
    return items;
}

template <class T>
Result<Page<T>> read_page(const json::object& object, std::string_view name,
                          Result<T> (*read)(const json::object&)) {
    auto items = read_all(object, name, read);
    if (!items) {
        return forward(items);
    }
    return Page<T>{std::move(*items), text_of(object, "next_page_token")};
}

Result<Page<Store>> read_stores(const json::object& object) {
    return read_page(object, "stores", &read_store);
}
Result<Page<Operation>> read_operations(const json::object& object) {
    return read_page(object, "operations", &read_operation);
}
Result<Page<Event>> read_events(const json::object& object) {
    return read_page(object, "events", &read_event);
}
Result<std::vector<Engine>> read_engines(const json::object& object) {
    return read_all(object, "engines", &read_engine);
}
Result<std::vector<Plan>> read_plans(const json::object& object) {
    return read_all(object, "plans", &read_plan);
}

std::string with_log_filter(Target target, const LogFilter& filter) {
    target.add("pod", filter.pod);
    target.add("container", filter.container);
    target.add("previous", filter.previous ? "true" : "");
    target.add("tail", filter.tail > 0 ? std::to_string(filter.tail) : "");
    return target.text();
}

}  // namespace

ApiClient::ApiClient(runtime::HttpClient& http, Server server, std::stop_token stop, RetryPolicy retry)
    : http_(http), server_(std::move(server)), stop_(std::move(stop)), retry_(std::move(retry)) {}

runtime::HttpRequest ApiClient::request(std::string method, const std::string& target) const {
    runtime::HttpRequest made;
    made.method = std::move(method);
    made.url = server_.url + target;
    made.headers.set("Accept", std::string(kJson));
    if (!server_.token.empty()) {
        made.headers.set("Authorization", "Bearer " + server_.token.reveal());
    }
    made.tls = server_.tls;
    return made;
}

ApiResult<runtime::HttpResponse> ApiClient::send_once(const runtime::HttpRequest& request) const {
    auto response = http_.send(request, stop_);
    if (!response) {
        return tl::unexpected(error_from(std::move(response).error()));
    }
    if (response->status >= 200 && response->status < 300) {
        return std::move(*response);
    }
    return tl::unexpected(error_from_response(*response));
}

ApiResult<runtime::HttpResponse> ApiClient::send(const runtime::HttpRequest& request, Repeat repeat) const {
    for (int attempt = 0;; ++attempt) {
        auto response = send_once(request);
        if (response || repeat == Repeat::Never || !worth_repeating(response.error()) ||
            attempt + 1 >= retry_.attempts) {
            return response;
        }
        const auto delay = retry_.backoff.delay(attempt);
        const auto asked = response.error().retry_after.value_or(std::chrono::seconds(0));
        if (!retry_.sleep(std::max<std::chrono::milliseconds>(delay, asked), stop_)) {
            return tl::unexpected(error_from({ErrorCode::Cancelled, "interrupted", {}, {}}));
        }
    }
}

template <class T>
ApiResult<T> ApiClient::call(const runtime::HttpRequest& request, Repeat repeat,
                             Result<T> (*read)(const json::object&)) const {
    const auto response = send(request, repeat);
    if (!response) {
        return tl::unexpected(response.error());
    }
    const auto object = parse_object(response->body);
    if (!object) {
        return tl::unexpected(error_from(object.error()));
    }
    auto value = read(*object);
    if (!value) {
        return tl::unexpected(error_from(std::move(value).error()));
    }
    if constexpr (std::is_same_v<T, Store>) {
        value->etag = response->headers.find("ETag").value_or("");
    }
    return std::move(*value);
}

ApiResult<Accepted> ApiClient::create_store(const NewStore& wanted,
                                            const std::string& idempotency_key) const {
    auto post = request("POST", "/api/v1/stores");
    set_body(post, new_store_body(wanted));
    post.headers.set("Idempotency-Key", idempotency_key);
    return call(post, Repeat::Safe, &read_accepted);
}

ApiResult<Validation> ApiClient::validate_store(const NewStore& wanted) const {
    auto post = request("POST", "/api/v1/stores?validate_only=true");
    set_body(post, new_store_body(wanted));
    return call(post, Repeat::Safe, &read_validation);
}

ApiResult<Store> ApiClient::get_store(std::string_view store) const {
    return call(request("GET", store_path(store)), Repeat::Safe, &read_store);
}

ApiResult<Page<Store>> ApiClient::list_stores(const StoreFilter& filter, int page_size,
                                              const std::string& page_token) const {
    Target target("/api/v1/stores");
    for (const auto& phase : filter.phases) {
        target.add("phase", phase);
    }
    target.add("engine", filter.engine);
    target.add("plan", filter.plan);
    target.add("search", filter.search);
    target.add("sort", filter.sort);
    target.add_page(page_size, page_token);
    return call(request("GET", target.text()), Repeat::Safe, &read_stores);
}

ApiResult<Store> ApiClient::rename_store(std::string_view store, const std::string& name,
                                         const std::string& etag) const {
    auto patch = request("PATCH", store_path(store));
    set_body(patch, {{"name", name}});
    patch.headers.set("If-Match", etag);
    return call(patch, Repeat::Never, &read_store);
}

ApiResult<Accepted> ApiClient::delete_store(std::string_view store, const std::string& confirmed_name) const {
    Target target(store_path(store));
    target.add("confirm", confirmed_name);
    return call(request("DELETE", target.text()), Repeat::Safe, &read_accepted);
}

ApiResult<Accepted> ApiClient::start_action(std::string_view store, std::string_view action,
                                            const std::string& idempotency_key) const {
    auto post = request("POST", store_path(store, "/actions/" + std::string(action)));
    post.headers.set("Idempotency-Key", idempotency_key);
    return call(post, Repeat::Safe, &read_accepted);
}

ApiResult<std::string> ApiClient::read_logs(std::string_view store, const LogFilter& filter,
                                            bool as_json) const {
    auto get = request("GET", with_log_filter(Target(store_path(store, "/logs")), filter));
    get.headers.set("Accept", std::string(as_json ? kJson : kText));
    get.max_response_bytes = std::size_t{64} << 20U;
    auto response = send(get, Repeat::Safe);
    if (!response) {
        return tl::unexpected(response.error());
    }
    return std::move(response->body);
}

ApiResult<Credentials> ApiClient::reveal_credentials(std::string_view store,
                                                     const std::string& reason) const {
    auto post = request("POST", store_path(store, "/credentials"));
    set_body(post, {{"reason", reason}});
    return call(post, Repeat::Never, &read_credentials);
}

ApiResult<SignInLink> ApiClient::make_sign_in_link() const {
    return call(request("POST", "/api/v1/sign-in-codes"), Repeat::Safe, &read_sign_in_link);
}

ApiResult<Resources> ApiClient::list_resources(std::string_view store) const {
    return call(request("GET", store_path(store, "/resources")), Repeat::Safe, &read_resources);
}

ApiResult<Usage> ApiClient::get_usage(std::string_view store) const {
    return call(request("GET", store_path(store, "/usage")), Repeat::Safe, &read_usage);
}

ApiResult<Receipt> ApiClient::get_receipt(std::string_view store) const {
    return call(request("GET", store_path(store, "/receipt")), Repeat::Safe, &read_receipt);
}

ApiResult<Operation> ApiClient::get_operation(std::string_view id) const {
    return call(request("GET", "/api/v1/operations/" + runtime::percent_encode(id)), Repeat::Safe,
                &read_operation);
}

ApiResult<Page<Operation>> ApiClient::list_operations(const OperationFilter& filter, int page_size,
                                                      const std::string& page_token) const {
    Target target("/api/v1/operations");
    target.add("store", filter.store);
    target.add("state", filter.state);
    target.add("kind", filter.kind);
    target.add_page(page_size, page_token);
    return call(request("GET", target.text()), Repeat::Safe, &read_operations);
}

ApiResult<Operation> ApiClient::cancel_operation(std::string_view id) const {
    return call(request("POST", "/api/v1/operations/" + runtime::percent_encode(id) + "/actions/cancel"),
                Repeat::Safe, &read_operation);
}

ApiResult<Page<Event>> ApiClient::list_events(const EventFilter& filter, int page_size,
                                              const std::string& page_token) const {
    Target target("/api/v1/events");
    target.add("store", filter.store);
    target.add("type", filter.type);
    target.add_page(page_size, page_token);
    return call(request("GET", target.text()), Repeat::Safe, &read_events);
}

ApiResult<std::vector<Engine>> ApiClient::list_engines() const {
    return call(request("GET", "/api/v1/engines"), Repeat::Safe, &read_engines);
}

ApiResult<std::vector<Plan>> ApiClient::list_plans() const {
    return call(request("GET", "/api/v1/plans"), Repeat::Safe, &read_plans);
}

ApiResult<Health> ApiClient::get_health() const {
    const auto response = http_.send(request("GET", "/api/v1/health"), stop_);
    if (!response) {
        return tl::unexpected(error_from(response.error()));
    }
    const auto object = parse_object(response->body);
    const bool answered = response->status == 200 || response->status == 503;
    if (answered && object && object->contains("checks")) {
        auto health = read_health(*object);
        if (health) {
            return std::move(*health);
        }
    }
    return tl::unexpected(error_from_response(*response));
}

runtime::HttpRequest ApiClient::events_request(std::string_view store) const {
    auto get = request("GET", store.empty() ? std::string("/api/v1/events") : store_path(store, "/events"));
    get.headers.set("Accept", std::string(kEventStream));
    get.timeout = std::chrono::milliseconds(0);
    get.idle_timeout = std::chrono::seconds(45);  // the server is never silent for more than 15 s
    return get;
}

runtime::HttpRequest ApiClient::logs_request(std::string_view store, const LogFilter& filter) const {
    Target target(store_path(store, "/logs"));
    target.add("follow", "true");
    auto get = request("GET", with_log_filter(std::move(target), filter));
    get.headers.set("Accept", std::string(kText));
    get.timeout = std::chrono::milliseconds(0);
    return get;
}

}  // namespace souk::client
