#include "tests/integration/api_world.hpp"

#include "app/access/living_sessions.hpp"
#include "app/events/record_event.hpp"
#include "runtime/crypto/hash.hpp"
#include "runtime/crypto/random.hpp"
#include "runtime/crypto/uuid.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

namespace souk::test {
namespace {

/// The test cannot go on without it.
template <class T>
T must(Result<T> result) {
    if (!result) {
        ADD_FAILURE() << result.error().message;
        std::abort();
    }
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

runtime::LogOptions quiet() {
    runtime::LogOptions options;
    options.sink = [](std::string_view) {};
    return options;
}

}  // namespace

std::string ApiAnswer::header(std::string_view name) const {
    for (std::size_t at = head.find("\r\n"); at != std::string::npos; at = head.find("\r\n", at + 2)) {
        const auto line = std::string_view(head).substr(at + 2, head.find("\r\n", at + 2) - at - 2);
        if (line.size() > name.size() && line[name.size()] == ':' &&
            runtime::equals_ignoring_case(line.substr(0, name.size()), name)) {
            return std::string(line.substr(name.size() + 2));
        }
    }
    return {};
}

boost::json::object ApiAnswer::json() const {
    boost::json::error_code error;
    const auto value = boost::json::parse(body, error);
    EXPECT_FALSE(error) << "no JSON: " << body;
    return value.is_object() ? value.as_object() : boost::json::object{};
}

std::string ApiAnswer::text(std::string_view field) const {
    const auto object = json();
    const auto* value = object.if_contains(field);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::string ApiAnswer::pointers() const {
    std::vector<std::string> names;
    const auto object = json();
    if (const auto* errors = object.if_contains("errors")) {
        for (const auto& error : errors->as_array()) {
            names.emplace_back(error.at("pointer").as_string());
        }
    }
    std::sort(names.begin(), names.end());
    std::string out;
    for (const std::string& name : names) {
        out += (out.empty() ? "" : " ") + name;
    }
    return out;
}

void ApiWorld::PumpSignals::events_appended() {
    const std::scoped_lock lock(mutex_);
    news_ = true;
    changed_.notify_all();
}

bool ApiWorld::PumpSignals::wait(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop, [this] { return news_; });
    news_ = false;
    return !stop.stop_requested();
}

std::array<std::uint8_t, 16> ApiWorld::Ids::next() {
    static runtime::UuidV7Source source;
    return source.next();
}

std::string ApiWorld::Sodium::random_token() { return runtime::random_text(43); }
std::string ApiWorld::Sodium::sha256_hex(std::string_view text) const { return runtime::sha256_hex(text); }

ApiWorld::ApiWorld(std::function<void(http::ApiSettings&)> change, app::Limits limits)
    : database(must(sql::SqliteDatabase::open(
          ":memory:", {.clock_offset = [this] { return std::chrono::microseconds(offset); }}))),
      limits_(limits),
      logger_(quiet()) {
    hub_.emplace(*database);
    hints_.emplace(*database, *hub_);
    http::ApiSettings settings{.version = "1.2.3",
                               .allowed_origins = {},
                               .origin = {},
                               .page_token_key = Secret(std::string(32, 'k'))};
    if (change) {
        change(settings);
    }
    parts_.emplace(http::ApiParts{*database, ids_, crypto_, signals_, *hub_, *hints_, cluster, engines_,
                                  plans_, cluster_settings_, limits_, metrics, logger_, std::move(settings)});
    must(http::add_routes(router_, *parts_));
    auto tx = write();
    app::Token row{
        .id = ids_.make<TokenId>(), .hash = crypto_.sha256_hex(token), .created = tx->now(), .last_used = {}};
    must(tx->tokens().insert(row));
    must(tx->commit("test_token"));
    tx.reset();
    server_.emplace(
        runtime::ServerSettings{}, [this](runtime::Request& request) { return router_.handle(request); },
        http::problem_renderer(), http::http_observer(metrics));
    must(server_->start());
    pump_ = std::jthread([this](const std::stop_token& stop) {
        while (signals_.wait(stop)) {
            const auto pumped = hub_->pump();
            EXPECT_TRUE(pumped) << pumped.error().message;
        }
    });
}

void ApiWorld::objects_changed(const StoreId& store) {
    hints_->add(store);
    const auto told = hints_->flush();
    EXPECT_TRUE(told) << told.error().message;
}

ApiWorld::~ApiWorld() { server_->shutdown(std::chrono::milliseconds(200)); }

std::string ApiWorld::head(std::string_view path, std::string_view headers) const {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: souk.localhost\r\nAuthorization: Bearer " +
           token + "\r\n" + std::string(headers) + "\r\n";
}

ApiAnswer ApiWorld::send(std::string_view method, std::string_view path, std::string_view body,
                         std::string_view headers) {
    std::string all(headers);
    if (headers.find("Authorization:") == std::string_view::npos) {
        all += "Authorization: Bearer " + token + "\r\n";
    }
    return raw(method, path, body, all);
}

ApiAnswer ApiWorld::raw(std::string_view method, std::string_view path, std::string_view body,
                        std::string_view headers) {
    std::string request = std::string(method) + " " + std::string(path) +
                          " HTTP/1.1\r\nHost: souk.localhost\r\nConnection: close\r\n";
    if (!body.empty()) {
        request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
        if (headers.find("Content-Type:") == std::string_view::npos) {
            request += "Content-Type: application/json\r\n";
        }
    }
    request.append(headers).append("\r\n").append(body);
    RawClient client(port());
    auto reply = client.ask(request);
    return {reply.status, std::move(reply.head), std::move(reply.body)};
}

std::string ApiWorld::create(std::string_view name) {
    const auto answer = post("/api/v1/stores", R"({"engine":"tiny","name":")" + std::string(name) + "\"}");
    EXPECT_EQ(answer.status, 202) << answer.body;
    return answer.status == 202 ? std::string(answer.json().at("store").at("id").as_string()) : std::string();
}

std::unique_ptr<app::Transaction> ApiWorld::write() { return must(database->begin(app::Access::Write)); }

Store ApiWorld::load(const std::string& id) {
    const auto tx = must(database->begin(app::Access::Read));
    return must(tx->stores().load(must(StoreId::parse(id))));
}

Store ApiWorld::change(const std::string& id, const std::function<void(Store&)>& edit) {
    const auto tx = write();
    Store store = must(tx->stores().load(must(StoreId::parse(id))));
    edit(store);
    must(tx->stores().update(store, nullptr));
    must(tx->commit("test_change"));
    return store;
}

void ApiWorld::end_operation(const std::string& id, OperationState state) {
    const auto tx = write();
    auto running = must(tx->operations().find_running(must(StoreId::parse(id))));
    running->state = state;
    running->ended = tx->now();
    must(tx->operations().update(*running));
    must(tx->commit("test_end"));
}

void ApiWorld::end_expired() {
    const auto ended = parts_->streams->end_expired(app::LivingSessions(*database));
    EXPECT_TRUE(ended) << ended.error().message;
}

std::size_t ApiWorld::stores() {
    const auto tx = must(database->begin(app::Access::Read));
    app::StoreQuery query;
    query.limit = 1000;
    return must(tx->stores().list(query)).size();
}

void ApiWorld::add_events(const std::string& id, int count) {
    {
        const auto tx = write();
        const Store store = must(tx->stores().load(must(StoreId::parse(id))));
        for (int i = 0; i < count; ++i) {
            must(app::record_event(*tx, store, {"store.step", "release", "running", {}, "line\nbreak", {}}));
        }
        must(tx->commit("test_events"));
    }
    signals_.events_appended();
}

}  // namespace souk::test
