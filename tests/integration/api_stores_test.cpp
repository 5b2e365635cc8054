#include "tests/integration/api_world.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace souk::test {
namespace {

const std::string kStores = "/api/v1/stores";

TEST(ApiCreateStore, AnswersWithAnOperationThatIsReadableAtOnce) {
    ApiWorld world;
    const auto answer = world.post(kStores, R"({"name":"Green Tea","engine":"tiny"})");
    ASSERT_EQ(answer.status, 202) << answer.body;
    const auto body = answer.json();
    const auto& store = body.at("store").as_object();
    EXPECT_EQ(store.at("name").as_string(), "Green Tea");
    EXPECT_EQ(store.at("slug").as_string(), "green-tea");
    EXPECT_EQ(store.at("plan").as_string(), "starter");
    EXPECT_EQ(store.at("phase").as_string(), "Requested");
    EXPECT_EQ(store.at("urls").at("storefront").as_string(), "http://green-tea.localhost/");
    EXPECT_EQ(store.at("operation"), body.at("operation").at("id"));
    EXPECT_EQ(answer.header("ETag"), "\"1.1\"");
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");

    const auto operation = world.get(answer.header("Location"));
    ASSERT_EQ(operation.status, 200);
    EXPECT_EQ(operation.text("kind"), "store.create");
    EXPECT_FALSE(operation.json().at("done").as_bool());
    EXPECT_EQ(operation.text("resource"), kStores + "/" + std::string(store.at("id").as_string()));
}

TEST(ApiCreateStore, RefusesBadBodiesNamesEveryFieldAndMakesNothing) {
    struct Case {
        const char* what;
        std::string body;
        int status;
        const char* code;
        const char* pointers;
    };
    const std::string deep =
        R"({"name":)" + std::string(40, '[') + std::string(40, ']') + R"(,"engine":"tiny"})";
    const std::vector<Case> cases{
        {"nothing given", "{}", 422, "invalid_body", "/engine /name"},
        {"empty name, unknown engine and plan", R"({"name":"","engine":"x","plan":"y"})", 422,
         "invalid_store", "/engine /name /plan"},
        {"wrong types", R"({"name":1,"engine":["tiny"],"plan":{}})", 422, "invalid_body",
         "/engine /name /plan"},
        {"null is not given", R"({"name":null,"engine":"tiny"})", 422, "invalid_body", "/name"},
        {"unknown fields beside a bad name",
         "{\"name\":\"a\\u0000b\",\"engine\":\"tiny\",\"phase\":\"Ready\",\"a/b\":1}", 422, "invalid_body",
         "/a~1b /name /phase"},
        {"repeated field", R"({"name":"One","name":"Two","engine":"tiny"})", 422, "invalid_body", "/name"},
        {"name of 64 characters", R"({"engine":"tiny","name":")" + std::string(64, 'a') + "\"}", 422,
         "invalid_store", "/name"},
        {"no JSON", "{\"name\":", 400, "malformed_json", ""},
        {"two values", "{} {}", 400, "malformed_json", ""},
        {"no object", "[]", 400, "malformed_json", ""},
        {"a text", "\"name\"", 400, "malformed_json", ""},
        {"too deep", deep, 400, "malformed_json", ""},
        {"no UTF-8", "{\"name\":\"\xff\xfe\",\"engine\":\"tiny\"}", 400, "malformed_json", ""},
        {"half a surrogate pair", R"({"name":"\ud800","engine":"tiny"})", 400, "malformed_json", ""},
        {"too large", R"({"name":"A","engine":"tiny","plan":")" + std::string(70'000, 'p') + "\"}", 413,
         "body_too_large", ""},
    };
    ApiWorld world;
    for (const Case& wrong : cases) {
        const auto answer = world.post(kStores, wrong.body);
        EXPECT_EQ(answer.status, wrong.status) << wrong.what << ": " << answer.body;
        EXPECT_EQ(answer.code(), wrong.code) << wrong.what;
        EXPECT_EQ(answer.pointers(), wrong.pointers) << wrong.what;
        EXPECT_EQ(answer.header("Content-Type"), "application/problem+json") << wrong.what;
        EXPECT_EQ(answer.text("request_id"), answer.header("X-Request-Id")) << wrong.what;
        EXPECT_EQ(answer.text("type"), "https://souk.dev/problems/" + answer.code()) << wrong.what;
    }
    EXPECT_EQ(world.stores(), 0U);
}

TEST(ApiCreateStore, TakesJsonOnly) {
    ApiWorld world;
    const std::string body = R"({"name":"A","engine":"tiny"})";
    EXPECT_EQ(world.post(kStores, body, "Content-Type: text/plain\r\n").code(), "unsupported_media_type");
    EXPECT_EQ(world.post(kStores, {}).status, 415);
    EXPECT_EQ(world.stores(), 0U);
    EXPECT_EQ(world.post(kStores, body, "Content-Type: application/json; charset=utf-8\r\n").status, 202);
}

TEST(ApiCreateStore, RefusesANameThatALivingStoreHas) {
    ApiWorld world;
    const auto id = world.create("Tea");
    const auto answer = world.post(kStores, R"({"name":"Tea","engine":"tiny"})");
    EXPECT_EQ(answer.status, 409);
    EXPECT_EQ(answer.code(), "name_taken");
    EXPECT_NE(answer.body.find(id), std::string::npos) << "the other store is named";
}

TEST(ApiCreateStore, StopsAtTheLimitWithATimeToComeBack) {
    app::Limits limits;
    limits.stores = 1;
    ApiWorld world({}, limits);
    world.create("One");
    const auto answer = world.post(kStores, R"({"name":"Two","engine":"tiny"})");
    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(answer.code(), "store_limit");
    EXPECT_FALSE(answer.header("Retry-After").empty());
}

TEST(ApiCreateStore, AnswersARepeatedKeyWithTheFirstAnswer) {
    ApiWorld world;
    const std::string key = "Idempotency-Key: \"order-17\"\r\n";
    const auto first = world.post(kStores, R"({"name":"Tea","engine":"tiny"})", key);
    const auto again = world.post(kStores, R"({"engine":"tiny","plan":"starter","name":"Tea"})",
                                  "Idempotency-Key: order-17\r\n");
    ASSERT_EQ(first.status, 202);
    EXPECT_EQ(first.header("Idempotency-Replayed"), "");
    EXPECT_EQ(again.status, 202);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.header("Location"), first.header("Location"));
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");

    const auto other = world.post(kStores, R"({"name":"Coffee","engine":"tiny"})", key);
    EXPECT_EQ(other.status, 422);
    EXPECT_EQ(other.code(), "idempotency_key_reused");
    EXPECT_EQ(world.post(kStores, R"({"name":"Mate","engine":"tiny"})", "Idempotency-Key: \r\n").status, 400);
    EXPECT_EQ(world.stores(), 1U);
}

TEST(ApiCreateStore, MakesOneStoreForManyParallelRequestsWithOneKey) {
    ApiWorld world;
    std::vector<ApiAnswer> answers(8);
    {
        std::vector<std::jthread> clients;
        for (ApiAnswer& answer : answers) {
            clients.emplace_back([&world, &answer] {
                answer =
                    world.post(kStores, R"({"name":"Tea","engine":"tiny"})", "Idempotency-Key: once\r\n");
            });
        }
    }
    for (const ApiAnswer& answer : answers) {
        EXPECT_EQ(answer.status, 202) << answer.body;
        EXPECT_EQ(answer.body, answers.front().body);
    }
    EXPECT_EQ(world.stores(), 1U);
}

TEST(ApiValidateStore, SaysWhatACreationWouldMakeAndMakesNothing) {
    ApiWorld world;
    const auto answer =
        world.post("/api/v1/stores?validate_only=true", R"({"name":"Green Tea","engine":"tiny"})");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto body = answer.json();
    EXPECT_TRUE(body.at("valid").as_bool());
    EXPECT_EQ(body.at("slug").as_string(), "green-tea");
    EXPECT_EQ(body.at("hosts").at(0).as_string(), "green-tea.localhost");
    EXPECT_EQ(body.at("urls").at("storefront").as_string(), "http://green-tea.localhost/");
    EXPECT_EQ(body.at("plan").at("name").as_string(), "starter");
    EXPECT_FALSE(body.at("waits").as_bool());
    std::string makes;
    for (const auto& one : body.at("makes").as_array()) {
        makes +=
            std::string(one.at("kind").as_string()) + " " + std::string(one.at("name").as_string()) + "\n";
    }
    EXPECT_NE(makes.find("Secret souk-admin\n"), std::string::npos) << makes;
    EXPECT_NE(makes.find("StatefulSet green-tea-database\n"), std::string::npos) << makes;
    EXPECT_NE(makes.find("PersistentVolumeClaim \n"), std::string::npos) << makes;
    EXPECT_NE(makes.find("Deployment green-tea-web\n"), std::string::npos) << makes;
    EXPECT_NE(makes.find("Service green-tea-web\n"), std::string::npos) << makes;
    EXPECT_EQ(world.stores(), 0U);
    EXPECT_TRUE(world.get("/api/v1/events").json().at("events").as_array().empty());
}

TEST(ApiValidateStore, HasTheProblemsOfACreation) {
    app::Limits limits;
    limits.stores = 1;
    limits.provisioning = 0;
    ApiWorld world({}, limits);
    const std::string path = "/api/v1/stores?validate_only=true";
    const auto wrong = world.post(path, R"({"name":"","engine":"none","plan":"huge"})");
    EXPECT_EQ(wrong.code(), "invalid_store");
    EXPECT_EQ(wrong.pointers(), "/engine /name /plan");
    EXPECT_TRUE(world.post(path, R"({"name":"Tea","engine":"tiny"})").json().at("waits").as_bool());
    world.create("Tea");
    EXPECT_EQ(world.post(path, R"({"name":"Cup","engine":"tiny"})").code(), "store_limit");
}

TEST(ApiValidateStore, KnowsATakenNameAndAMisspeltWish) {
    ApiWorld world;
    world.create("Tea");
    const auto taken = world.post("/api/v1/stores?validate_only=true", R"({"name":"Tea","engine":"tiny"})");
    EXPECT_EQ(taken.status, 409);
    EXPECT_EQ(taken.code(), "name_taken");
    EXPECT_EQ(world.post("/api/v1/stores?validate_onyl=true", R"({"name":"Cup","engine":"tiny"})").pointers(),
              "validate_onyl");
    EXPECT_EQ(world.post("/api/v1/stores?validate_only=yes", R"({"name":"Cup","engine":"tiny"})").pointers(),
              "validate_only");
    EXPECT_EQ(world.stores(), 1U);
}

TEST(ApiReadStore, FindsByIdSlugAndName) {
    ApiWorld world;
    const auto id = world.create("Green Tea");
    for (const std::string& key : {id, std::string("green-tea"), std::string("Green%20Tea")}) {
        EXPECT_EQ(world.get(kStores + "/" + key).text("id"), id) << key;
    }
    for (const char* key : {"nobody", "str_01234567890123456789012345", "%00"}) {
        const auto answer = world.get(kStores + "/" + key);
        EXPECT_EQ(answer.status, std::string_view(key) == "%00" ? 400 : 404) << key;
    }
}

TEST(ApiReadStore, HidesOtherTeamsStores) {
    ApiWorld world;
    const auto id = world.create("Theirs");
    const Store store = world.load(id);
    {
        const auto tx = world.write();
        ASSERT_TRUE(tx->tokens().insert(
            {.id = *TokenId::parse("tok_00000000000000000000000001"),
             .hash = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b",  // "secret"
             .team = "others",
             .created = tx->now(),
             .last_used = {}}));
        ASSERT_TRUE(tx->commit("test_other_token"));
    }
    const std::string other = "Authorization: Bearer secret\r\n";
    EXPECT_EQ(world.get("/api/v1/plans", other).status, 200) << "the other token works";
    EXPECT_EQ(world.get(kStores + "/" + id, other).code(), "store_not_found");
    EXPECT_EQ(world.send("DELETE", kStores + "/" + id + "?confirm=Theirs", {}, other).status, 404);
    EXPECT_TRUE(world.get(kStores, other).json().at("stores").as_array().empty());
    EXPECT_TRUE(world.get("/api/v1/operations", other).json().at("operations").as_array().empty());
    EXPECT_TRUE(world.get("/api/v1/events", other).json().at("events").as_array().empty());
    EXPECT_EQ(world.load(id).phase, store.phase);
}

TEST(ApiReadStore, AnswersNotModifiedUntilSomethingChanges) {
    ApiWorld world;
    const auto path = kStores + "/" + world.create("Tea");
    const auto first = world.get(path);
    const std::string known = "If-None-Match: " + first.header("ETag") + "\r\n";
    const auto same = world.get(path, known);
    EXPECT_EQ(same.status, 304);
    EXPECT_TRUE(same.body.empty());
    EXPECT_EQ(same.header("ETag"), first.header("ETag"));
    world.change(first.text("id"), [](Store& store) { store.failure = Failure{"Timeout", "too slow"}; });
    EXPECT_EQ(world.get(path, known).status, 200);
}

TEST(ApiRenameStore, NeedsTheGenerationThatIsThere) {
    ApiWorld world;
    const auto path = kStores + "/" + world.create("Tea");
    const auto patch = [&](std::string_view body, std::string_view headers) {
        return world.send("PATCH", path, body, headers);
    };
    const std::string body = R"({"name":"Black Tea"})";
    EXPECT_EQ(patch(body, {}).status, 428);
    EXPECT_EQ(patch(body, {}).code(), "precondition_required");
    EXPECT_EQ(patch(body, "If-Match: tea\r\n").status, 400);
    EXPECT_EQ(patch(body, "If-Match: \"7.1\"\r\n").code(), "generation_changed");
    EXPECT_EQ(patch(body, "If-Match: \"7.1\"\r\n").status, 412);
    EXPECT_EQ(patch(R"({"name":"","phase":"Ready"})", "If-Match: \"1.1\"\r\n").pointers(), "/phase");
    EXPECT_EQ(patch(R"({"name":""})", "If-Match: \"1.1\"\r\n").pointers(), "/name");
    EXPECT_EQ(world.load(world.get(path).text("id")).name.str(), "Tea");

    const auto renamed = patch(body, "If-Match: \"1.99\"\r\nContent-Type: application/merge-patch+json\r\n");
    ASSERT_EQ(renamed.status, 200) << "progress does not count: " << renamed.body;
    EXPECT_EQ(renamed.text("name"), "Black Tea");
    EXPECT_EQ(renamed.text("slug"), "tea");
    EXPECT_EQ(renamed.header("ETag"), "\"2.2\"");
    EXPECT_EQ(patch(body, "If-Match: \"1.1\"\r\n").status, 412);
}

TEST(ApiDeleteStore, WantsTheNameAndGivesTheSameOperationAgain) {
    ApiWorld world;
    const auto id = world.create("Tea");
    const auto path = kStores + "/" + id;
    EXPECT_EQ(world.send("DELETE", path).code(), "confirmation_needed");
    EXPECT_EQ(world.send("DELETE", path + "?confirm=tea").status, 422);
    EXPECT_EQ(world.send("DELETE", path + "?confirmed=Tea").status, 400);
    EXPECT_EQ(world.load(id).phase, Phase::Requested);

    const auto first = world.send("DELETE", path + "?confirm=Tea");
    ASSERT_EQ(first.status, 202) << first.body;
    EXPECT_EQ(first.json().at("store").at("phase").as_string(), "Deleting");
    const auto again = world.send("DELETE", path + "?confirm=Tea");
    EXPECT_EQ(again.status, 202);
    EXPECT_EQ(again.header("Location"), first.header("Location"));
}

TEST(ApiDeleteStore, LeavesAReceiptAndAWayToIt) {
    ApiWorld world;
    const auto id = world.create("Tea");
    const auto path = kStores + "/" + id;
    EXPECT_EQ(world.get(path + "/receipt").code(), "no_receipt");
    ASSERT_EQ(world.send("DELETE", path + "?confirm=Tea").status, 202);
    world.change(id, [](Store& store) {
        store.phase = Phase::Deleted;
        store.deleted = store.updated;
    });
    {
        const auto tx = world.write();
        const Store store = *tx->stores().load(*StoreId::parse(id));
        Receipt receipt{store.id,  store.name.str(), store.slug.str(), store.engine,
                        "default", tx->now(),        tx->now(),        {}};
        receipt.lines = {{"Namespace", store.ns.str(), "", tx->now()}, {"PersistentVolume", "pv-1", "", {}}};
        ASSERT_TRUE(tx->receipts().save(receipt));
        ASSERT_TRUE(tx->commit("test_receipt"));
    }
    for (const char* method : {"GET", "DELETE"}) {
        const auto gone = world.send(method, path);
        EXPECT_EQ(gone.status, 410) << method;
        EXPECT_EQ(gone.code(), "store_deleted") << method;
        EXPECT_EQ(gone.text("receipt"), path + "/receipt") << method;
    }
    const auto receipt = world.get(path + "/receipt");
    ASSERT_EQ(receipt.status, 200);
    EXPECT_EQ(receipt.text("store_name"), "Tea");
    EXPECT_TRUE(receipt.json().at("lines").at(1).at("gone").is_null());
    EXPECT_EQ(world.get(kStores + "/tea").status, 404) << "the slug is free again";
    EXPECT_TRUE(world.get(kStores).json().at("stores").as_array().empty());
    EXPECT_EQ(world.get(kStores + "?phase=Deleted").json().at("stores").as_array().size(), 1U);
    EXPECT_EQ(world.get(path + "/pods").status, 410);
    EXPECT_EQ(world.get(path + "/steps").status, 200);
}

TEST(ApiRetryStore, GoesOnFromFailedAndFromNowhereElse) {
    ApiWorld world;
    const auto id = world.create("Tea");
    const auto path = kStores + "/" + id + "/actions/retry";
    const auto busy = world.post(path);
    EXPECT_EQ(busy.status, 409);
    EXPECT_EQ(busy.code(), "operation_running");
    EXPECT_EQ(world.get(busy.text("operation")).status, 200) << "the problem links to what runs";
    world.end_operation(id, OperationState::Failed);
    EXPECT_EQ(world.post(path).code(), "nothing_to_retry");
    world.change(id, [](Store& store) { store.phase = Phase::Failed; });
    EXPECT_EQ(world.post(path, R"({"force":true})").pointers(), "/force");
    const auto retried = world.post(path, {}, "Idempotency-Key: again-1\r\n");
    ASSERT_EQ(retried.status, 202) << retried.body;
    EXPECT_EQ(retried.json().at("operation").at("kind").as_string(), "store.retry");
    const auto replayed = world.post(path, {}, "Idempotency-Key: again-1\r\n");
    EXPECT_EQ(replayed.header("Location"), retried.header("Location"));
    EXPECT_EQ(replayed.header("Idempotency-Replayed"), "true");
}

TEST(ApiUpdateStore, SuspendResumeAndRestartAreOperations) {
    ApiWorld world;
    const auto id = world.create("Tea");
    const auto path = kStores + "/" + id + "/actions/";
    for (const char* action : {"suspend", "resume", "restart"}) {
        const auto busy = world.post(path + action);
        EXPECT_EQ(busy.status, 409);
        EXPECT_EQ(busy.code(), "operation_running");
        EXPECT_EQ(world.get(busy.text("operation")).status, 200) << "the problem links to what runs";
    }
    const auto end = [&](Phase phase) {
        world.end_operation(id, OperationState::Succeeded);
        world.change(id, [&](Store& store) { store.phase = phase; });
    };
    world.change(id, [](Store& store) { store.phase = Phase::Provisioning; });
    end(Phase::Ready);
    EXPECT_EQ(world.post(path + "resume").code(), "wrong_phase");
    EXPECT_EQ(world.post(path + "suspend", R"({"force":true})").pointers(), "/force");
    const auto suspended = world.post(path + "suspend", {}, "Idempotency-Key: rest-1\r\n");
    ASSERT_EQ(suspended.status, 202) << suspended.body;
    EXPECT_EQ(suspended.json().at("operation").at("kind").as_string(), "store.suspend");
    EXPECT_EQ(suspended.json().at("store").at("phase").as_string(), "Updating");
    const auto replayed = world.post(path + "suspend", {}, "Idempotency-Key: rest-1\r\n");
    EXPECT_EQ(replayed.header("Location"), suspended.header("Location"));
    EXPECT_EQ(replayed.header("Idempotency-Replayed"), "true");
    const auto cancelled = world.post(suspended.header("Location") + "/actions/cancel");
    EXPECT_EQ(cancelled.status, 409);
    EXPECT_EQ(cancelled.code(), "not_cancellable");
    end(Phase::Suspended);
    EXPECT_EQ(world.post(path + "restart").code(), "wrong_phase");
    EXPECT_EQ(world.post(path + "resume").json().at("operation").at("kind").as_string(), "store.resume");
    end(Phase::Ready);
    EXPECT_EQ(world.post(path + "restart").json().at("operation").at("kind").as_string(), "store.restart");
}

}  // namespace
}  // namespace souk::test
