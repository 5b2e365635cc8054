#include "tests/integration/api_world.hpp"

#include <gtest/gtest.h>

#include <string>

namespace souk::test {
namespace {

std::string path_of(const std::string& id, std::string_view what) {
    return "/api/v1/stores/" + id + "/" + std::string(what);
}

/// A store whose namespace exists in the cluster.
std::string make_placed(ApiWorld& world) {
    const auto id = world.create("Tea");
    const auto ref = app::StoreRef::of(world.load(id));
    EXPECT_TRUE(world.cluster.create_namespace(ref, {}));
    return id;
}

TEST(ApiSteps, ShowsProgress) {
    ApiWorld world;
    const auto id = world.create("Tea");
    world.change(id, [](Store& store) {
        move_steps(store.steps, Step::Secrets, StepState::Running, "making them", store.updated);
    });
    const auto answer = world.get(path_of(id, "steps")).json();
    EXPECT_EQ(answer.at("percent").as_int64(), 20);
    EXPECT_EQ(answer.at("step").as_string(), "secrets");
    EXPECT_EQ(answer.at("steps").as_array().size(), 10U);
    EXPECT_EQ(answer.at("steps").at(2).at("message").as_string(), "making them");
}

TEST(ApiPods, TellsAbsentFromUnknown) {
    ApiWorld world;
    const auto id = world.create("Tea");
    EXPECT_TRUE(world.get(path_of(id, "pods")).json().at("pods").as_array().empty());
    const auto ref = app::StoreRef::of(world.load(id));
    ASSERT_TRUE(world.cluster.create_namespace(ref, {}));
    app::PodInfo pod;
    pod.name = "tea-web-0";
    pod.containers = {"web"};
    world.cluster.set_pods(ref, {pod});
    EXPECT_EQ(world.get(path_of(id, "pods")).json().at("pods").at(0).at("name").as_string(), "tea-web-0");
    world.cluster.switches.api_down = true;
    const auto down = world.get(path_of(id, "pods"));
    EXPECT_EQ(down.status, 503) << "an outage is no empty list";
    EXPECT_FALSE(down.header("Retry-After").empty());
    world.cluster.switches.api_down = false;
    world.cluster.switches.api_silent = true;
    EXPECT_EQ(world.get(path_of(id, "pods")).status, 504);
}

TEST(ApiLogs, ComeAsTextOrJsonAndCanBeNarrowed) {
    ApiWorld world;
    const auto id = make_placed(world);
    world.cluster.set_logs(app::StoreRef::of(world.load(id)),
                           {{"web-0", "web", "one\ntwo\n"}, {"data-0", "data", "up"}});
    const auto text = world.get(path_of(id, "logs"));
    EXPECT_EQ(text.header("Content-Type"), "text/plain; charset=utf-8");
    EXPECT_EQ(text.body, "web-0/web one\nweb-0/web two\ndata-0/data up\n");
    EXPECT_EQ(world.get(path_of(id, "logs?pod=data-0")).body, "data-0/data up\n");
    EXPECT_EQ(world.get(path_of(id, "logs?container=web&previous=true")).body,
              "web-0/web one\nweb-0/web two\n");
    const auto json = world.get(path_of(id, "logs"), "Accept: application/json\r\n").json();
    EXPECT_EQ(json.at("source").as_string(), "live");
    EXPECT_EQ(json.at("logs").at(0).at("text").as_string(), "one\ntwo\n");
    EXPECT_EQ(world.get(path_of(id, "logs?tail=0&follow=yes")).pointers(), "follow tail");
}

TEST(ApiLogs, AreTheKeptOnesOfAFailedStore) {
    ApiWorld world;
    const auto id = make_placed(world);
    const Store store = world.change(id, [](Store& changed) { changed.phase = Phase::Failed; });
    {
        const auto tx = world.write();
        ASSERT_TRUE(
            tx->kept_logs().replace(store.id, {{store.id, "setup-1", "setup", "a\nb\nc\n", tx->now()}}));
        ASSERT_TRUE(tx->commit("test_logs"));
    }
    world.cluster.switches.api_down = true;
    EXPECT_EQ(world.get(path_of(id, "logs")).body, "setup-1/setup a\nsetup-1/setup b\nsetup-1/setup c\n");
    EXPECT_EQ(world.get(path_of(id, "logs?tail=2")).body, "setup-1/setup b\nsetup-1/setup c\n");
    EXPECT_EQ(world.get(path_of(id, "logs?follow=true")).body.size(), 48U)
        << "nothing to follow: it ends at once";
    const auto json = world.get(path_of(id, "logs"), "Accept: application/json\r\n").json();
    EXPECT_EQ(json.at("source").as_string(), "kept");
}

TEST(ApiLogs, CanBeFollowedUntilTheyEnd) {
    ApiWorld world;
    const auto id = make_placed(world);
    world.cluster.set_logs(app::StoreRef::of(world.load(id)), {{"web-0", "web", "one\ntwo\n"}});
    RawClient client(world.port());
    client.send(world.head(path_of(id, "logs?follow=true"), ""));
    const auto answer = client.read_until("\r\n0\r\n\r\n");
    EXPECT_NE(answer.find("text/plain"), std::string::npos);
    EXPECT_NE(answer.find("web-0/web one\n"), std::string::npos) << answer;
    EXPECT_NE(answer.find("web-0/web two\n"), std::string::npos) << answer;
}

TEST(ApiLogs, SayWhyFollowingEndedEarly) {
    ApiWorld world;
    const auto id = make_placed(world);
    world.cluster.switches.api_down = true;
    RawClient client(world.port());
    client.send(world.head(path_of(id, "logs?follow=true"), ""));
    EXPECT_NE(client.read_until("\r\n0\r\n\r\n").find("\n# "), std::string::npos);
}

TEST(ApiCredentials, AreRevealedWithAReasonOnly) {
    ApiWorld world;
    const auto id = make_placed(world);
    const auto path = path_of(id, "credentials");
    EXPECT_EQ(world.post(path, R"({"reason":" "})").code(), "reason_needed");
    EXPECT_EQ(world.post(path, "{}").pointers(), "/reason");
    EXPECT_EQ(world.post(path, R"({"reason":"look"})").code(), "not_made_yet");
    const auto ref = app::StoreRef::of(world.load(id));
    ASSERT_TRUE(world.cluster.ensure_secret(
        ref, {"souk-admin", {{"username", Secret("admin")}, {"password", Secret("p4ss")}}}, {}));
    const auto answer = world.post(path, R"({"reason":"first login"})", "X-Request-Id: reveal-1\r\n");
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.text("password"), "p4ss");
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    const auto tx = world.write();
    const auto audit = tx->audit().list(id, 10);
    ASSERT_TRUE(audit);
    bool found = false;
    for (const auto& entry : *audit) {
        found = found || (entry.action == "credentials.reveal" && entry.reason == "first login" &&
                          entry.request_id == "reveal-1");
    }
    EXPECT_TRUE(found) << "no reveal without a trace";
}

TEST(ApiOperations, CanBeCancelledUntilTheyEnd) {
    ApiWorld world;
    const auto id = world.create("Tea");
    const auto store = world.get("/api/v1/stores/" + id);
    const auto path = "/api/v1/operations/" + store.text("operation");
    const auto cancelled = world.post(path + "/actions/cancel");
    EXPECT_EQ(cancelled.status, 202) << cancelled.body;
    EXPECT_EQ(cancelled.header("Location"), path);
    EXPECT_TRUE(world.load(id).cancel_wanted);
    EXPECT_EQ(world.post(path + "/actions/cancel").status, 202) << "again is success";
    const auto deletion = world.send("DELETE", "/api/v1/stores/" + id + "?confirm=Tea");
    EXPECT_EQ(world.post(deletion.header("Location") + "/actions/cancel").code(), "not_cancellable");
    EXPECT_EQ(world.get(path).text("state"), "aborted");
    EXPECT_TRUE(world.get(path).json().at("done").as_bool());
    EXPECT_EQ(world.post("/api/v1/operations/op_x/actions/cancel").code(), "operation_not_found");
    EXPECT_EQ(world.get("/api/v1/operations/op_x").status, 404);
}

TEST(ApiCatalogue, ListsEnginesAndPlans) {
    ApiWorld world;
    EXPECT_EQ(world.get("/api/v1/engines").json().at("engines").at(0).at("name").as_string(), "tiny");
    EXPECT_EQ(world.get("/api/v1/engines/tiny").text("name"), "tiny");
    EXPECT_EQ(world.get("/api/v1/engines/none").code(), "engine_not_found");
    const auto plans = world.get("/api/v1/plans").json().at("plans").as_array();
    ASSERT_EQ(plans.size(), 3U);
    EXPECT_EQ(plans[0].at("name").as_string(), "starter");
    EXPECT_EQ(plans[0].at("pods").as_int64(), 15);
}

}  // namespace
}  // namespace souk::test
