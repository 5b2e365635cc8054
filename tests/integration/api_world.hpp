#pragma once

#include "adapters/http/api.hpp"
#include "adapters/http/http_metrics.hpp"
#include "adapters/sql/sqlite_database.hpp"
#include "app/events/event_hub.hpp"
#include "app/events/object_hints.hpp"
#include "app/ports/crypto.hpp"
#include "app/ports/ids.hpp"
#include "runtime/http/router.hpp"
#include "runtime/http/server.hpp"
#include "runtime/http/server_test_support.hpp"
#include "tests/support/fake_cluster.hpp"
#include "tests/support/stub_engines.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

namespace souk::test {

using RawClient = runtime::testing::RawClient;

/// One answer of the API, taken apart.
struct ApiAnswer {
    int status = 0;
    std::string head;
    std::string body;

    std::string header(std::string_view name) const;  // empty when there is none
    boost::json::object json() const;
    std::string text(std::string_view field) const;  // of the JSON body; empty when it is no text
    std::string code() const { return text("code"); }
    /// "/name /plan": what a problem names, sorted.
    std::string pointers() const;
};

/// The real server on loopback with a database in memory, a fake cluster and one engine. Its event hub is
/// pumped by a thread, as in the daemon.
class ApiWorld {
public:
    explicit ApiWorld(std::function<void(http::ApiSettings&)> change = {}, app::Limits limits = {});
    ~ApiWorld();
    ApiWorld(const ApiWorld&) = delete;
    ApiWorld& operator=(const ApiWorld&) = delete;

    const std::string token = "souk_test-token";
    std::uint16_t port() const { return server_->port(); }
    const runtime::Router& router() const { return router_; }

    /// `headers` are whole lines with their ends. The token goes along unless `headers` has an Authorization
    /// of its own.
    ApiAnswer send(std::string_view method, std::string_view path, std::string_view body = {},
                   std::string_view headers = {});
    /// Without the token.
    ApiAnswer raw(std::string_view method, std::string_view path, std::string_view body,
                  std::string_view headers);
    ApiAnswer get(std::string_view path, std::string_view headers = {}) {
        return send("GET", path, {}, headers);
    }
    ApiAnswer post(std::string_view path, std::string_view body = {}, std::string_view headers = {}) {
        return send("POST", path, body, headers);
    }
    /// A head without body and with the token, for streams.
    std::string head(std::string_view path, std::string_view headers) const;

    /// Creates a store through the API and returns its id.
    std::string create(std::string_view name);
    /// Changes the row as the reconciler would.
    Store change(const std::string& id, const std::function<void(Store&)>& edit);
    Store load(const std::string& id);
    /// Ends what runs on the store.
    void end_operation(const std::string& id, OperationState state);
    std::size_t stores();
    std::unique_ptr<app::Transaction> write();
    /// Appends `count` events about the store in one transaction.
    void add_events(const std::string& id, int count);

    /// The watches tell of a change of the store's objects, and the daemon's thread has told it.
    void objects_changed(const StoreId& store);

    /// Moves the database's clock.
    void pass(std::chrono::microseconds time) { offset += time.count(); }
    /// What the daemon does every few seconds.
    void end_expired();

    std::atomic<std::int64_t> offset = 0;  // of the database's clock, in microseconds
    fakes::FakeCluster cluster;
    runtime::Metrics metrics;
    std::unique_ptr<sql::SqliteDatabase> database;

private:
    class PumpSignals final : public app::Signals {
    public:
        void jobs_changed() override {}
        void events_appended() override;
        void stop_running(const StoreId&) override {}
        bool wait(const std::stop_token& stop);

    private:
        std::mutex mutex_;
        std::condition_variable_any changed_;
        bool news_ = false;
    };
    class Ids final : public app::IdSource {
    public:
        std::array<std::uint8_t, 16> next() override;
    };
    class Sodium final : public app::Crypto {
    public:
        std::string random_token() override;
        std::string sha256_hex(std::string_view text) const override;
    };

    Ids ids_;
    Sodium crypto_;
    PumpSignals signals_;
    std::optional<app::EventHub> hub_;
    std::optional<app::ObjectHints> hints_;
    fakes::StubCatalogue engines_;
    const std::vector<Plan> plans_ = default_plans();
    const app::ClusterSettings cluster_settings_{};
    const app::Limits limits_;
    runtime::Logger logger_;
    std::optional<http::ApiParts> parts_;
    runtime::Router router_{http::problem_renderer()};
    std::optional<runtime::Server> server_;
    std::jthread pump_;
};

}  // namespace souk::test
