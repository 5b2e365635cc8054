#include "tests/integration/api_world.hpp"

#include <gtest/gtest.h>

#include <string>

namespace souk::test {
namespace {

std::string path_of(const std::string& id, std::string_view what) {
    return "/api/v1/stores/" + id + "/" + std::string(what);
}

TEST(ApiResources, AreAListWithParentsAndOneObjectWithItsEvents) {
    ApiWorld world;
    const auto id = world.create("Tea");
    EXPECT_TRUE(world.get(path_of(id, "resources")).json().at("resources").as_array().empty());
    const auto cup = world.create("Cup");
    const auto ref = app::StoreRef::of(world.load(cup));
    ASSERT_TRUE(world.cluster.create_namespace(ref, {}));
    ASSERT_TRUE(world.cluster.ensure_secret(ref, {"souk-admin", {{"password", Secret("p4ss")}}}, {}));
    ASSERT_TRUE(world.cluster.helm_apply(ref.ns, "digest"));
    const auto list = world.get(path_of(cup, "resources")).json().at("resources").as_array();
    ASSERT_EQ(list.size(), 4U);
    EXPECT_EQ(list[0].at("kind").as_string(), "Secret");
    EXPECT_TRUE(list[0].at("parent").is_null());
    EXPECT_EQ(list[2].at("parent").as_string(), "StatefulSet/cup-db");
    EXPECT_EQ(list[2].at("health").as_string(), "progressing");
    const auto secret = world.get(path_of("cup", "resources/Secret/souk-admin"));
    EXPECT_EQ(secret.json().at("object").at("keys").at(0).as_string(), "password");
    EXPECT_EQ(secret.json().at("events").at(0).at("reason").as_string(), "Made");
    EXPECT_EQ(secret.body.find("p4ss"), std::string::npos);
    EXPECT_EQ(world.get(path_of(cup, "resources/Secret/nobody")).code(), "resource_not_found");
    EXPECT_EQ(world.get(path_of("nobody", "resources")).code(), "store_not_found");
    world.change(id, [](Store& store) { store.phase = Phase::Deleting; });
    world.change(id, [](Store& store) { store.phase = Phase::Deleted; });
    EXPECT_EQ(world.get(path_of(id, "resources")).status, 410);
    EXPECT_EQ(world.get(path_of(id, "resources/Pod/x")).status, 410);
}

TEST(ApiResources, AreUnknownWhenTheClusterIsAway) {
    ApiWorld world;
    const auto id = world.create("Tea");
    world.cluster.switches.api_down = true;
    EXPECT_EQ(world.get(path_of(id, "resources")).status, 503) << "an outage is no empty list";
    EXPECT_EQ(world.get(path_of(id, "resources/Pod/x")).status, 503);
}

TEST(ApiUsage, IsAgainstTheQuotaNowAndBefore) {
    ApiWorld world;
    const auto id = world.create("Tea");
    const auto empty = world.get(path_of(id, "usage")).json();
    EXPECT_TRUE(empty.at("now").is_null());
    EXPECT_EQ(empty.at("quota").at("limits_memory_bytes").as_int64(), 4LL << 30);
    const auto cup = world.create("Cup");
    const auto ref = app::StoreRef::of(world.load(cup));
    ASSERT_TRUE(world.cluster.create_namespace(ref, {}));
    world.cluster.set_usage(ref, {from_micros(5'000'000), {{"web-0", 120, 1000}, {"db-0", 30, 500}}, 4096});
    {
        const auto tx = world.write();
        ASSERT_TRUE(tx->usage().add(ref.id, {tx->now() - std::chrono::hours(2), 7, 8, 9, 1}));
        ASSERT_TRUE(tx->commit("test_usage"));
    }
    const auto usage = world.get(path_of(cup, "usage")).json();
    EXPECT_EQ(usage.at("now").at("cpu_millicores").as_int64(), 150);
    EXPECT_EQ(usage.at("now").at("memory_bytes").as_int64(), 1500);
    EXPECT_EQ(usage.at("now").at("storage_bytes").as_int64(), 4096);
    EXPECT_EQ(usage.at("now").at("time").as_string(), "1970-01-01T00:00:05.000Z");
    EXPECT_EQ(usage.at("now").at("pods").at(0).at("pod").as_string(), "web-0");
    ASSERT_EQ(usage.at("samples").as_array().size(), 1U);
    EXPECT_EQ(usage.at("samples").at(0).at("cpu_millicores").as_int64(), 7);
    EXPECT_TRUE(world.get(path_of(cup, "usage?range=1h")).json().at("samples").as_array().empty());
    EXPECT_EQ(world.get(path_of(cup, "usage?range=30d")).json().at("samples").as_array().size(), 1U);
    EXPECT_EQ(world.get(path_of(cup, "usage?range=2d&rang=1h")).pointers(), "rang range");
    EXPECT_EQ(world.get(path_of("nobody", "usage")).status, 404);
}

TEST(ApiStats, CountStoresAndWorkersAndRefuseNonsense) {
    ApiWorld world([](http::ApiSettings& settings) { settings.job_workers = 3; });
    const auto id = world.create("Tea");
    world.create("Cup");
    world.change(id, [](Store& store) { store.phase = Phase::Provisioning; });
    const auto ready = world.change(id, [](Store& store) {
        store.phase = Phase::Ready;
        store.admitted = store.created;
        store.first_ready = store.created + std::chrono::milliseconds(1500);
    });
    const auto stats = world.get("/api/v1/stats?days=30").json();
    EXPECT_EQ(stats.at("phases").at("Ready").as_int64(), 1);
    EXPECT_EQ(stats.at("phases").at("Requested").as_int64(), 1);
    EXPECT_EQ(stats.at("engines").at(0).at("engine").as_string(), "tiny");
    EXPECT_EQ(stats.at("engines").at(0).at("stores").as_int64(), 2);
    EXPECT_EQ(stats.at("creations").at(0).at("median_seconds").as_double(), 1.5);
    EXPECT_EQ(stats.at("history").at(0).at("store_id").as_string(), id);
    EXPECT_EQ(stats.at("history").at(0).at("ready_at").as_string(), to_rfc3339(*ready.first_ready));
    EXPECT_EQ(stats.at("queue").at("ready").as_int64(), 2);
    EXPECT_EQ(stats.at("workers").at("total").as_int64(), 3);
    EXPECT_EQ(stats.at("workers").at("busy").as_int64(), 0);
    EXPECT_EQ(stats.at("capacity").at("requests_cpu_millicores").as_int64(), 2000);
    EXPECT_EQ(stats.at("capacity").at("storage_bytes").as_int64(), 20LL << 30);
    EXPECT_TRUE(stats.at("capacity").at("used_cpu_millicores").is_null()) << "nothing was measured";
    for (const char* query : {"days=0", "days=31", "days=x"}) {
        EXPECT_EQ(world.get("/api/v1/stats?" + std::string(query)).pointers(), "days") << query;
    }
}

}  // namespace
}  // namespace souk::test
