#include "tests/usecases/world.hpp"

// The API server away at every call of a life and in every phase: nothing is lost, nothing is called failed
// or absent, and it goes on by itself.

namespace souk::usecases {
namespace {

/// Longer than every deadline.
constexpr seconds kLong{4000};

void away(World& world) { world.cluster.switches.api_down = true; }

void back(World& world, const StoreId& id) {
    world.cluster.switches.api_down = false;
    world.pass(seconds(30));
    world.run_to_end(id);
    world.pass(seconds(30));
    world.run_to_end(id);
}

void expect_nothing_is_called_failed(const Store& store) {
    EXPECT_NE(store.phase, Phase::Failed);
    EXPECT_FALSE(store.failure.has_value()) << store.failure->reason << ": " << store.failure->message;
    for (const StepRecord& step : store.steps) {
        EXPECT_NE(step.state, StepState::Failed) << to_string(step.step);
    }
}

/// Creates a store and, when it is Ready, deletes it, with an outage after the call of that number. Counts
/// the calls of the cluster and of Helm.
int live_with_an_outage_after(int outage) {
    World world;
    int calls = 0;
    const auto count = [&](const auto&) {
        if (++calls == outage) {
            away(world);
        }
    };
    world.cluster.after_call = count;
    world.helm.after_call = count;
    const StoreId id = world.create();
    const auto survive = [&](Phase end) {
        world.run_to_end(id);
        if (world.cluster.switches.api_down) {
            expect_nothing_is_called_failed(world.store(id));
            world.pass(kLong);
            world.run();
            expect_nothing_is_called_failed(world.store(id));
            back(world, id);
        }
        EXPECT_EQ(world.phase(id), end);
    };
    survive(Phase::Ready);
    EXPECT_EQ(world.cluster.namespaces().size(), 1U);
    EXPECT_EQ(world.latest_operation(id).state, OperationState::Succeeded);
    EXPECT_TRUE(world.remove(id));
    survive(Phase::Deleted);
    EXPECT_TRUE(world.cluster.namespaces().empty());
    EXPECT_EQ(world.latest_operation(id).state, OperationState::Succeeded);
    return calls;
}

TEST(ReconcileOutage, AfterEveryCallOfACreationAndADeletion) {
    const int calls = live_with_an_outage_after(0);
    ASSERT_GT(calls, 20) << "a life has more calls than that";
    for (int outage = 1; outage < calls; ++outage) {
        SCOPED_TRACE("after call " + std::to_string(outage));
        live_with_an_outage_after(outage);
    }
}

TEST(ReconcileOutage, InLine) {
    World world;
    world.limits.provisioning = 1;
    const StoreId first = world.create("First");
    const StoreId second = world.create("Second");
    world.run();
    ASSERT_EQ(world.phase(second), Phase::Requested);
    away(world);
    world.wake(first);
    world.wake(second);
    world.run();
    world.pass(kLong);
    world.run();
    EXPECT_EQ(world.phase(second), Phase::Requested);
    expect_nothing_is_called_failed(world.store(second));
    back(world, first);
    back(world, second);
    EXPECT_EQ(world.phase(first), Phase::Ready);
    EXPECT_EQ(world.phase(second), Phase::Ready);
}

TEST(ReconcileOutage, Degraded) {
    World world;
    const StoreId id = world.create();
    world.run_to_end(id);
    world.cluster.break_workloads(world.ref(id));
    world.wake(id);
    world.run();
    ASSERT_EQ(world.phase(id), Phase::Degraded);
    const auto why = world.store(id).failure;
    away(world);
    world.pass(kLong);
    world.run();
    EXPECT_EQ(world.phase(id), Phase::Degraded);
    EXPECT_EQ(world.store(id).failure, why);
    back(world, id);
    EXPECT_EQ(world.phase(id), Phase::Ready);
}

TEST(ReconcileOutage, FailedAndRetried) {
    World world;
    world.cluster.switches.setup_failure = Failure{"NoCurrency", "The currency is not known."};
    const StoreId id = world.create();
    world.run_to_end(id);
    ASSERT_EQ(world.phase(id), Phase::Failed);
    away(world);
    world.cluster.switches.setup_failure.reset();
    ASSERT_TRUE(world.retry(id));
    world.pass(kLong);
    world.run();
    const Store during = world.store(id);
    EXPECT_EQ(during.phase, Phase::Failed) << "nobody could look, so the retry has not begun";
    EXPECT_EQ(during.failure->reason, "NoCurrency") << "an outage is no new reason";
    EXPECT_EQ(world.latest_operation(id).state, OperationState::Running);
    back(world, id);
    EXPECT_EQ(world.phase(id), Phase::Ready);
}

TEST(ReconcileOutage, WhileACreationFails) {
    World world;
    world.cluster.switches.setup_failure = Failure{"NoCurrency", "The currency is not known."};
    const StoreId id = world.create();
    world.helm.after_call = [&](const fakes::FakeHelmDriver::Call& call) {
        if (call.verb == fakes::FakeHelmDriver::Verb::Remove) {
            away(world);
        }
    };
    world.run_to_end(id);
    ASSERT_TRUE(world.cluster.switches.api_down) << "the clean-up calls Helm";
    world.pass(kLong);
    world.run();
    EXPECT_EQ(world.phase(id), Phase::Provisioning);
    world.helm.after_call = nullptr;
    back(world, id);
    EXPECT_EQ(world.phase(id), Phase::Failed);
    EXPECT_EQ(world.store(id).failure->reason, "NoCurrency");
}

}  // namespace
}  // namespace souk::usecases
