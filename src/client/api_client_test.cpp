#include "client/api_client.hpp"

#include "client/test_server.hpp"

#include <gtest/gtest.h>

#include <string>

namespace souk::client {
namespace {

using runtime::Response;
using testing::TestClient;
using testing::TestServer;

TEST(ApiClient, SendsTokenAndKeyAndReadsWhatWasAccepted) {
    TestServer server;
    server.on("POST /api/v1/stores", 202, testing::accepted_json());
    const TestClient client(server);
    const auto accepted = client.api.create_store({"Green Tea", "tiny", ""}, "key-1");
    ASSERT_TRUE(accepted) << accepted.error().error.message;
    EXPECT_EQ(accepted->store.slug, "green-tea");
    EXPECT_EQ(accepted->operation.id, "op_1");
    const auto request = server.requests("POST /api/v1/stores").at(0);
    EXPECT_EQ(request.headers.value("Authorization"), "Bearer the-token");
    EXPECT_EQ(request.headers.value("Idempotency-Key"), "key-1");
    EXPECT_EQ(request.body, R"({"name":"Green Tea","engine":"tiny"})");
}

TEST(ApiClient, RepeatsACreationWithTheSameKeyWhenTheServerIsBusy) {
    TestServer server;
    server.on("POST /api/v1/stores", [](const auto& request, int call) {
        auto busy = runtime::render_problem(&request, 503, "overloaded", "too busy");
        busy.headers.set("Retry-After", "7");
        return call == 0 ? busy : Response::json(202, testing::accepted_json());
    });
    const TestClient client(server);
    ASSERT_TRUE(client.api.create_store({"Green Tea", "tiny", ""}, "key-1"));
    const auto requests = server.requests("POST /api/v1/stores");
    ASSERT_EQ(requests.size(), 2U);
    EXPECT_EQ(requests[1].headers.value("Idempotency-Key"), "key-1");
    ASSERT_EQ(client.delays.size(), 1U);
    EXPECT_EQ(client.delays[0], std::chrono::seconds(7)) << "the server's Retry-After";
}

TEST(ApiClient, GivesUpAfterItsTries) {
    TestServer server;
    server.on("GET /api/v1/plans", 503, "{}");
    const TestClient client(server);
    const auto plans = client.api.list_plans();
    ASSERT_FALSE(plans);
    EXPECT_EQ(plans.error().error.code, ErrorCode::Unavailable);
    EXPECT_EQ(server.requests("GET /api/v1/plans").size(), 4U);
}

TEST(ApiClient, NeverRepeatsWhatIsNotSafeTwice) {
    TestServer server;
    server.on("POST /api/v1/stores/tea/credentials", 503, "{}");
    const TestClient client(server);
    EXPECT_FALSE(client.api.reveal_credentials("tea", "why"));
    EXPECT_EQ(server.requests("POST /api/v1/stores/tea/credentials").size(), 1U);
}

TEST(ApiClient, ReadsEveryWrongFieldOfAProblem) {
    TestServer server;
    server.on("POST /api/v1/stores", [](const auto&, int) {
        return Response::with_type(
            422, "application/problem+json",
            R"({"detail":"wrong store","code":"invalid_store","request_id":"r1","errors":[)"
            R"({"pointer":"/name","code":"too_long","detail":"too long"},{"pointer":"/engine","code":"unknown","detail":"no"}]})");
    });
    const TestClient client(server);
    const auto accepted = client.api.create_store({"", "x", ""}, "k");
    ASSERT_FALSE(accepted);
    EXPECT_EQ(accepted.error().error.code, ErrorCode::InvalidInput);
    EXPECT_EQ(accepted.error().code, "invalid_store");
    ASSERT_EQ(accepted.error().error.fields.size(), 2U);
    EXPECT_EQ(accepted.error().error.fields[1].pointer, "/engine");
    EXPECT_FALSE(accepted.error().request_id.empty());
}

TEST(ApiClient, UnderstandsTheStatusOfAnyAnswer) {
    const std::vector<std::pair<int, ErrorCode>> table = {
        {400, ErrorCode::InvalidInput},       {401, ErrorCode::Unauthenticated},
        {403, ErrorCode::Forbidden},          {404, ErrorCode::NotFound},
        {409, ErrorCode::Conflict},           {410, ErrorCode::Gone},
        {412, ErrorCode::PreconditionFailed}, {422, ErrorCode::InvalidInput},
        {429, ErrorCode::QuotaExceeded},      {500, ErrorCode::Internal}};
    for (const auto& [status, code] : table) {
        TestServer server;
        server.on("GET /api/v1/stores/tea", status, "no problem document");
        const TestClient client(server);
        const auto store = client.api.get_store("tea");
        ASSERT_FALSE(store);
        EXPECT_EQ(store.error().error.code, code) << status;
        EXPECT_FALSE(store.error().document.empty());
    }
}

TEST(ApiClient, EscapesWhatGoesIntoTheAddress) {
    TestServer server;
    server.on("DELETE /api/v1/stores/a%2Fb%20c", 202, testing::accepted_json("Deleting"));
    const TestClient client(server);
    ASSERT_TRUE(client.api.delete_store("a/b c", "x&y=1"));
    EXPECT_EQ(*server.requests("DELETE /api/v1/stores/a%2Fb%20c").at(0).query.find("confirm"), "x&y=1");
}

TEST(ApiClient, AnAnswerWithoutMeaningIsAnError) {
    TestServer server;
    server.on("GET /api/v1/stores/tea", 200, "{}");
    server.on("GET /api/v1/plans", 200, "<html>");
    const TestClient client(server);
    EXPECT_EQ(client.api.get_store("tea").error().error.code, ErrorCode::Internal);
    EXPECT_EQ(client.api.list_plans().error().error.code, ErrorCode::Internal);
}

TEST(ApiClient, AServerThatIsNotWellIsAnAnswer) {
    TestServer server;
    server.on("GET /api/v1/health", 503,
              R"({"status":"down","version":"1","checks":{"database":{"status":"failed","message":"x"}}})");
    const TestClient client(server);
    const auto health = client.api.get_health();
    ASSERT_TRUE(health);
    EXPECT_EQ(health->status, "down");
    EXPECT_EQ(health->checks.at(0).name, "database");
}

}  // namespace
}  // namespace souk::client
