// What people see of a store's objects, its usage and of all stores together.
#include "app/retention/remove_old.hpp"
#include "app/stats/read_stats.hpp"
#include "app/stores/read_resources.hpp"
#include "app/stores/read_usage.hpp"
#include "app/stores/recent.hpp"
#include "app/stores/sample_usage.hpp"
#include "world.hpp"

namespace souk::usecases {
namespace {

using namespace std::chrono_literals;

TEST(RecentAnswer, IsLookedUpOnceASecond) {
    std::chrono::steady_clock::time_point now{};
    app::Recent<int> recent([&] { return now; });
    int looks = 0;
    const auto get = [&](const std::string& key) {
        return **recent.get(key, [&]() -> Result<int> { return ++looks; });
    };
    EXPECT_EQ(get("a"), 1);
    EXPECT_EQ(get("b"), 2);
    now += 999ms;
    EXPECT_EQ(get("a"), 1);
    now += 1ms;
    EXPECT_EQ(get("a"), 3);
}

TEST(RecentAnswer, DoesNotKeepAnError) {
    app::Recent<int> recent;
    EXPECT_FALSE(recent.get("a", []() -> Result<int> { return fail(ErrorCode::Timeout, "no"); }));
    EXPECT_EQ(**recent.get("a", []() -> Result<int> { return 7; }), 7);
}

TEST(ReadResources, LooksOnceForManyReadersAndTellsAbsentFromUnknown) {
    World world;
    const StoreId id = world.create();
    app::ReadResources read(*world.database, world.cluster);
    const auto early = read.list(id.str(), world.caller, {});
    ASSERT_TRUE(early) << early.error().message;
    EXPECT_TRUE((*early)->empty()) << "no namespace yet";
    world.run_to_end(id);
    app::ReadResources later(*world.database, world.cluster,
                             [] { return std::chrono::steady_clock::time_point{}; });
    const auto before = world.cluster.count_of("resources");
    for (const std::string& name : {id.str(), world.store(id).slug.str()}) {
        const auto found = later.list(name, world.caller, {});
        ASSERT_TRUE(found) << found.error().message;
        EXPECT_FALSE((*found)->empty());
    }
    EXPECT_EQ(world.cluster.count_of("resources"), before + 1);
    world.cluster.switches.api_down = true;
    app::ReadResources other(*world.database, world.cluster);
    EXPECT_EQ(other.list(id.str(), world.caller, {}).error().code, ErrorCode::Unavailable);
    EXPECT_EQ(other.list("nobody", world.caller, {}).error().code, ErrorCode::NotFound);
}

app::StoreUsage some_usage() {
    return {from_micros(5'000'000), {{"web-0", 120, 1000}, {"db-0", 30, 500}}, 4096};
}

TEST(SampleUsage, WritesEveryStoreThatRunsInOneRound) {
    World world;
    const StoreId one = world.create("One");
    const StoreId two = world.create("Two");
    const StoreId waiting = world.create("Waiting");
    EXPECT_EQ(app::SampleUsage(*world.database, world.cluster)({}).value(), 0) << "a cluster without metrics";
    ASSERT_TRUE(world.cluster.create_namespace(world.ref(one), {}));
    ASSERT_TRUE(world.cluster.create_namespace(world.ref(two), {}));
    world.cluster.set_usage(world.ref(one), some_usage());
    world.cluster.set_usage(world.ref(two), some_usage());
    EXPECT_EQ(app::SampleUsage(*world.database, world.cluster)({}).value(), 2);
    world.pass(5min);
    EXPECT_EQ(app::SampleUsage(*world.database, world.cluster)({}).value(), 2);

    std::chrono::steady_clock::time_point now{};
    app::ReadUsage read(*world.database, world.cluster, world.plans, [&] { return now; });
    const auto report = read(one.str(), 24h, world.caller, {});
    ASSERT_TRUE(report) << report.error().message;
    ASSERT_EQ(report->samples.size(), 2U);
    EXPECT_EQ(report->samples[0].cpu_millicores, 150);
    EXPECT_EQ(report->samples[0].memory_bytes, 1500);
    EXPECT_EQ(report->samples[0].storage_bytes, 4096);
    EXPECT_EQ(report->samples[0].pods, 2);
    EXPECT_GE(report->samples[1].time - report->samples[0].time, 5min);
    EXPECT_EQ(report->quota.limits_cpu_millicores, 3000);
    EXPECT_EQ(report->quota.storage_bytes, 10LL << 30);
    ASSERT_TRUE(report->now->has_value());
    EXPECT_EQ((**report->now).pods.size(), 2U);
    EXPECT_EQ(read(one.str(), 24h, world.caller, {})->now, report->now) << "one look for many readers";
    now += 1s;
    EXPECT_NE(read(one.str(), 24h, world.caller, {})->now, report->now);
    EXPECT_TRUE(read(waiting.str(), 24h, world.caller, {})->samples.empty());

    world.pass(30 * 24h - 1min);
    app::ReadUsage later(*world.database, world.cluster, world.plans);
    EXPECT_EQ(later(one.str(), 720h, world.caller, {})->samples.size(), 1U);
    const auto removed = app::RemoveOld(*world.database, {})();
    ASSERT_TRUE(removed) << removed.error().message;
    EXPECT_EQ(removed->usage_samples, 2);
}

TEST(SampleUsage, SaysSoWhenTheClusterIsAway) {
    World world;
    world.cluster.switches.api_down = true;
    EXPECT_EQ(app::SampleUsage(*world.database, world.cluster)({}).error().code, ErrorCode::Unavailable);
}

TEST(ReadUsage, AnswersFromTheDatabaseWhenNothingCanBeMeasured) {
    World world;
    const StoreId id = world.create();
    const auto nothing_now = [&](const char* why) {
        app::ReadUsage read(*world.database, world.cluster, world.plans);
        const auto report = read(id.str(), 1h, world.caller, {});
        ASSERT_TRUE(report) << why << ": " << report.error().message;
        EXPECT_FALSE(report->now->has_value()) << why;
        EXPECT_EQ(report->quota.pods, 15) << why;
    };
    nothing_now("no namespace");
    ASSERT_TRUE(world.cluster.create_namespace(world.ref(id), {}));
    nothing_now("no metrics API");
    world.cluster.set_usage(world.ref(id), some_usage());
    world.cluster.switches.api_down = true;
    nothing_now("no answer");
    app::ReadUsage read(*world.database, world.cluster, world.plans);
    EXPECT_EQ(read("nobody", 1h, world.caller, {}).error().code, ErrorCode::NotFound);
}

TEST(ReadStats, KnowsCreationTimesFailuresAndWhatIsPromised) {
    World world;
    for (const char* name : {"One", "Two", "Three"}) {
        const StoreId id = world.create(name);
        world.run();
        world.pass(name == std::string("Three") ? 60s : 10s);
        world.run_to_end(id);
        ASSERT_EQ(world.phase(id), Phase::Ready);
    }
    world.cluster.switches.setup_failure = Failure{"DatabaseTooOld", "The database is too old."};
    const StoreId broken = world.create("Broken");
    world.run_to_end(broken);
    ASSERT_EQ(world.phase(broken), Phase::Failed);

    std::chrono::steady_clock::time_point now{};
    app::ReadStats read(*world.database, world.plans, [&] { return now; });
    const auto answer = read(30, world.caller);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(*read(30, world.caller), *answer) << "one look for many readers";
    now += 1s;
    EXPECT_NE(*read(30, world.caller), *answer);
    const app::Stats& stats = **answer;
    ASSERT_EQ(stats.creations.size(), 1U);
    const app::CreationTimes& tiny = stats.creations.at("tiny");
    EXPECT_EQ(tiny.count, 3U);
    EXPECT_GE(tiny.median_seconds, 10);
    EXPECT_LT(tiny.median_seconds, 60) << "the slow one is not the one in the middle";
    EXPECT_GE(tiny.p95_seconds, 60);
    EXPECT_FALSE(tiny.steps.empty());
    ASSERT_EQ(stats.history.size(), 3U);
    EXPECT_GE(stats.history[0].ready, stats.history[2].ready) << "newest first";
    ASSERT_EQ(stats.failures.size(), 1U);
    EXPECT_EQ(stats.failures[0].reason, "DatabaseTooOld");
    EXPECT_EQ(stats.promised.requests_cpu_millicores, 4000) << "four stores of the plan starter";
    EXPECT_FALSE(stats.used);
    EXPECT_EQ(stats.jobs.at(JobState::Snoozed), 4);
    world.pass(31 * 24h);
    EXPECT_TRUE((*read(7, world.caller))->history.empty()) << "only the last days count";
}

}  // namespace
}  // namespace souk::usecases
