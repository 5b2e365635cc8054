// The api side looks into clusters and changes nothing there: that is the worker's part alone.
#include "tests/integration/api_browser.hpp"
#include "tests/integration/api_world.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace souk::test {
namespace {

using Phases = std::vector<Phase>;

/// What a route needs to do its work, beside what every route gets.
struct Ask {
    std::string query = {};
    std::string body = {};
    std::string headers = {};
    Phases way = {Phase::Provisioning};  // of the store, from Requested on
    int status = 0;                      // 0: any success
};

Ask ask_of(const std::string& route) {
    static const std::string kStore = "/api/v1/stores/{id}";
    static const Phases kReady = {Phase::Provisioning, Phase::Ready};
    static const Phases kSuspended = {Phase::Provisioning, Phase::Ready, Phase::Updating, Phase::Suspended};
    static const std::map<std::string, Ask> asks = {
        {"DELETE " + kStore, {.query = "?confirm=Tea"}},
        {"GET " + kStore + "/receipt", {.way = {Phase::Deleting, Phase::Deleted}}},
        {"GET /api/v1/events/ws", {.status = 426}},
        {"PATCH " + kStore, {.body = R"({"name":"Black Tea"})", .headers = "If-Match: \"1.1\"\r\n"}},
        {"POST /api/v1/stores", {.body = R"({"engine":"tiny","name":"Coffee"})"}},
        {"POST " + kStore + "/actions/retry", {.way = {Phase::Failed}}},
        {"POST " + kStore + "/actions/suspend", {.way = kReady}},
        {"POST " + kStore + "/actions/resume", {.way = kSuspended}},
        {"POST " + kStore + "/actions/restart", {.way = kReady}},
        {"POST " + kStore + "/credentials", {.body = R"({"reason":"look"})"}}};
    const auto found = asks.find(route);
    return found == asks.end() ? Ask{} : found->second;
}

/// A world with one store, "Tea", that stands in the cluster, and a person who has signed in.
class Scene {
public:
    explicit Scene(const Phases& way) : id_(world_.create("Tea")) {
        const auto ref = app::StoreRef::of(world_.load(id_));
        EXPECT_TRUE(world_.cluster.create_namespace(ref, {}));
        EXPECT_TRUE(world_.cluster.ensure_secret(
            ref, {"souk-admin", {{"username", Secret("admin")}, {"password", Secret("p4ss")}}}, {}));
        EXPECT_TRUE(world_.cluster.helm_apply(ref.ns, "digest"));
        world_.cluster.set_logs(ref, {{"web-0", "web", "one\n"}});
        operation_ = world_.get("/api/v1/stores/" + id_).text("operation");
        for (const Phase phase : way) {
            world_.change(id_, [&](Store& store) { store.phase = phase; });
        }
        if (way.back() != Phase::Provisioning) {
            world_.end_operation(id_, OperationState::Succeeded);
        }
        if (way.back() == Phase::Deleted) {
            save_receipt();
        }
        session_ = browser_.with_token().text("id");
        prepared_ = world_.cluster.calls().size();
    }

    ApiAnswer send(const runtime::RouteName& route, const Ask& ask) {
        const bool person = route.pattern.starts_with("/api/v1/session");
        const auto path = filled(route.pattern) + ask.query;
        if (route.pattern == "/api/v1/session" && route.method == "POST") {
            return browser_.with_token();
        }
        return person ? browser_.write(route.method, path, ask.body)
                      : world_.send(route.method, path, ask.body, ask.headers);
    }
    /// Until the last line.
    void follow_logs() {
        RawClient client(world_.port());
        client.send(world_.head("/api/v1/stores/" + id_ + "/logs?follow=true", {}));
        EXPECT_NE(client.read_until("\r\n0\r\n\r\n").find("web-0/web one"), std::string::npos);
    }
    /// What the cluster was asked for since the scene stands.
    std::set<std::string> asked() const {
        std::set<std::string> out;
        const auto calls = world_.cluster.calls();
        for (std::size_t at = prepared_; at < calls.size(); ++at) {
            out.insert(calls[at].substr(0, calls[at].find(' ')));
        }
        return out;
    }

private:
    void save_receipt() {
        const auto tx = world_.write();
        const Store store = *tx->stores().load(*StoreId::parse(id_));
        EXPECT_TRUE(tx->receipts().save({store.id,
                                         store.name.str(),
                                         store.slug.str(),
                                         store.engine,
                                         "default",
                                         tx->now(),
                                         tx->now(),
                                         {}}));
        EXPECT_TRUE(tx->commit("test_receipt"));
    }
    std::string filled(std::string path) const {
        const bool operation = path.starts_with("/api/v1/operations/");
        const bool session = path.starts_with("/api/v1/sessions/");
        const bool engine = path.starts_with("/api/v1/engines/");
        const std::map<std::string, std::string> values = {{"{id}", operation ? operation_
                                                                    : session ? session_
                                                                              : id_},
                                                           {"{kind}", "Secret"},
                                                           {"{name}", engine ? "tiny" : "souk-admin"}};
        for (const auto& [parameter, value] : values) {
            if (const auto at = path.find(parameter); at != std::string::npos) {
                path.replace(at, parameter.size(), value);
            }
        }
        return path;
    }

    ApiWorld world_;
    Browser browser_{world_};
    std::string id_;
    std::string operation_;
    std::string session_;
    std::size_t prepared_ = 0;
};

TEST(ApiReads, NoRequestChangesACluster) {
    const auto routes = ApiWorld().router().routes();
    std::set<std::string> asked;
    for (const auto& route : routes) {
        const std::string name = route.method + " " + route.pattern;
        const Ask ask = ask_of(name);
        Scene scene(ask.way);
        const auto answer = scene.send(route, ask);
        if (ask.status == 0) {
            EXPECT_TRUE(answer.status >= 200 && answer.status < 300)
                << name << " has not done its work: " << answer.status << " " << answer.body;
        } else {
            EXPECT_EQ(answer.status, ask.status) << name;
        }
        if (name == "GET /api/v1/stores/{id}/logs") {
            scene.follow_logs();
        }
        asked.merge(scene.asked());
    }
    EXPECT_EQ(asked,
              (std::set<std::string>{"logs", "pods", "read_secret", "resource", "resources", "usage"}));
}

}  // namespace
}  // namespace souk::test
