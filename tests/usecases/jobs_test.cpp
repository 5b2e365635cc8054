#include "tests/usecases/world.hpp"

// When a job is looked at again, and when it is not.

namespace souk::usecases {
namespace {

struct Killed {};

/// Nobody writes the outcome down: the lease ends, and the next soukd starts.
void take_the_job_over(World& world) {
    world.pass(world.job_settings.lease + seconds(1));
    ASSERT_TRUE(app::ExtendDeadlines(*world.database)());
    ASSERT_EQ(world.runner.reap(), 1);
}

bool is_stalled(World& world, const StoreId& id) {
    const Store store = world.store(id);
    const Condition* stalled = find_condition(store.conditions, "Stalled");
    return stalled != nullptr && stalled->status;
}

bool job_rests(World& world) {
    const auto tx = world.database->begin(app::Access::Read);
    const auto counts = (*tx)->jobs().count_by_kind_and_state();
    return counts->size() == 1 && counts->front().state == JobState::Stalled;
}

TEST(Jobs, AJobThatKillsItsWorkersEndsStalledAndARetryGoesOn) {
    World world;
    const StoreId id = world.create();
    world.helm.before_call = [](const auto&) { throw Killed{}; };
    for (int attempt = 1; attempt <= world.job_settings.max_attempts; ++attempt) {
        SCOPED_TRACE("attempt " + std::to_string(attempt));
        ASSERT_THROW(world.run(), Killed);
        ASSERT_NO_FATAL_FAILURE(take_the_job_over(world));
    }
    EXPECT_FALSE(is_stalled(world, id));
    const auto calls = world.cluster.calls();
    ASSERT_NO_THROW(world.run()) << "one attempt too many";
    EXPECT_EQ(world.cluster.calls(), calls) << "its turn is not begun again";
    EXPECT_TRUE(is_stalled(world, id));
    EXPECT_TRUE(job_rests(world));
    const auto events = world.events(id);
    EXPECT_EQ(events.back().condition, "Stalled");
    EXPECT_EQ(events.back().reason, "AttemptsUsedUp");
    EXPECT_NE(events.back().message.find("20 attempts"), std::string::npos) << events.back().message;
    world.pass(std::chrono::hours(24));
    ASSERT_NO_THROW(world.run());
    EXPECT_EQ(world.cluster.calls(), calls) << "a person is asked";

    world.helm.before_call = nullptr;
    ASSERT_TRUE(world.retry(id));
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Ready);
    EXPECT_FALSE(is_stalled(world, id));
    EXPECT_EQ(world.latest_operation(id).state, OperationState::Succeeded);
}

TEST(Jobs, ALongCreationWhoseWorkersDieNowAndThenIsNotStalled) {
    World world;
    const StoreId id = world.create();
    world.run();  // waits for its data
    for (int death = 0; death < 2 * world.job_settings.max_attempts; ++death) {
        SCOPED_TRACE("death " + std::to_string(death));
        world.wake(id);
        world.cluster.after_call = [](std::string_view) { throw Killed{}; };
        ASSERT_THROW(world.run(), Killed);
        world.cluster.after_call = nullptr;
        ASSERT_NO_FATAL_FAILURE(take_the_job_over(world));
        world.run();
        ASSERT_FALSE(is_stalled(world, id));
    }
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Ready);
}

void expect_rest(World& world, seconds time) {
    constexpr seconds kMargin{5};  // the real clock runs, too
    world.pass(time - kMargin);
    EXPECT_FALSE(world.runner.run_one({})) << "it is looked at too early";
    world.pass(kMargin);
    EXPECT_TRUE(world.runner.run_one({})) << "nobody looks at it";
}

TEST(Jobs, WhatIsMadeOrDeletedIsLookedAtEvery30SecondsAndAReadyStoreEvery10Minutes) {
    World world;
    const StoreId id = world.create();
    world.run();
    ASSERT_EQ(world.phase(id), Phase::Provisioning);
    expect_rest(world, seconds(30));
    world.run_to_end(id);
    ASSERT_EQ(world.phase(id), Phase::Ready);
    expect_rest(world, std::chrono::minutes(10));
    world.cluster.switches.stuck_terminating = true;
    ASSERT_TRUE(world.remove(id));
    world.run();
    ASSERT_EQ(world.phase(id), Phase::Deleting);
    expect_rest(world, seconds(30));
}

}  // namespace
}  // namespace souk::usecases
