// Suspend, resume and restart of a store that was Ready.
#include "adapters/engines/renderer.hpp"
#include "tests/usecases/world.hpp"

#include <gmock/gmock.h>

namespace souk::usecases {
namespace {

using app::RestartStore;
using app::ResumeStore;
using app::SuspendStore;
using fakes::FakeHelmDriver;

StoreId ready_store(World& world) {
    const StoreId id = world.create();
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Ready);
    return id;
}

StoreId suspended_store(World& world) {
    const StoreId id = ready_store(world);
    EXPECT_TRUE(world.update<SuspendStore>(id));
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Suspended);
    return id;
}

std::string digest(World& world, const StoreId& id) {
    const Store store = world.store(id);
    return world.helm.observed(store.ns.str(), store.slug.str()).digest;
}

Condition available(World& world, const StoreId& id) {
    return *find_condition(world.store(id).conditions, "Available");
}

std::vector<std::string> phase_reasons(World& world, const StoreId& id) {
    std::vector<std::string> out;
    for (const Event& event : world.events(id)) {
        if (event.type == "store.phase") {
            out.push_back(event.phase + " " + event.reason);
        }
    }
    return out;
}

TEST(ReconcileSuspend, IsOneReleaseAndWaitsForThePodsToEnd) {
    World world;
    const StoreId id = ready_store(world);
    world.cluster.switches.pods_linger = true;
    ASSERT_TRUE(world.update<SuspendStore>(id));
    EXPECT_EQ(world.phase(id), Phase::Updating);
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Updating) << "pods of the shop are still there";
    EXPECT_EQ(world.latest_operation(id).state, OperationState::Running);
    world.cluster.switches.pods_linger = false;
    world.pass(world.settings.max_snooze + seconds(1));
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Suspended);
    EXPECT_EQ(available(world, id).reason, "Suspended");
    EXPECT_FALSE(available(world, id).status);
    EXPECT_EQ(world.helm.count(FakeHelmDriver::Verb::Apply), 2);
    EXPECT_EQ(world.helm.count(FakeHelmDriver::Verb::Remove), 0);
    EXPECT_EQ(world.cluster.count_of("remove_volume_claims"), 0U);
    const Operation operation = world.latest_operation(id);
    EXPECT_EQ(operation.kind, OperationKind::Suspend);
    EXPECT_EQ(operation.state, OperationState::Succeeded);
    EXPECT_EQ(percent_done(operation.steps), 100);
    EXPECT_FALSE(world.store(id).deadline) << "nothing runs out while it rests";
    EXPECT_THAT(phase_reasons(world, id),
                ::testing::IsSupersetOf({"Updating Suspending", "Suspended Suspended"}));
}

TEST(ReconcileSuspend, ASweepKeepsItSuspendedAndTellsNoNews) {
    World world;
    const StoreId id = suspended_store(world);
    const int runs = world.checks.runs;
    const auto events = world.events(id).size();
    world.pass(world.settings.sweep + seconds(1));
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Suspended);
    EXPECT_EQ(world.checks.runs, runs + 1) << "the page at its address is looked at";
    EXPECT_EQ(world.events(id).size(), events);
}

TEST(ReconcileSuspend, IsSuspendedOnlyWhenItsAddressSaysSo) {
    World world;
    const StoreId id = ready_store(world);
    world.checks.failing_always = app::CheckFailure{"closed", "page", "no page yet"};
    ASSERT_TRUE(world.update<SuspendStore>(id));
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Updating);
    world.checks.failing_always.reset();
    world.pass(world.settings.check_pause + seconds(1));
    world.run();
    EXPECT_EQ(world.phase(id), Phase::Suspended);
    world.checks.failing_always = app::CheckFailure{"closed", "page", "no page any more"};
    world.pass(world.settings.sweep + seconds(1));
    world.run();
    EXPECT_EQ(world.phase(id), Phase::Suspended);
    EXPECT_EQ(available(world, id).reason, "CheckFailed");
}

TEST(ReconcileSuspend, PodsThatSomebodyStartsAreTakenAwayAndItIsSaid) {
    World world;
    const StoreId id = suspended_store(world);
    world.cluster.start_pods_outside(world.ref(id));
    world.run();
    EXPECT_EQ(world.phase(id), Phase::Suspended);
    EXPECT_EQ(available(world, id).reason, "StartedByHand");
    EXPECT_EQ(world.helm.count(FakeHelmDriver::Verb::Apply), 3);
    world.run_to_end(id);
    world.pass(world.settings.max_snooze + seconds(1));
    world.run_to_end(id);
    EXPECT_EQ(available(world, id).reason, "Suspended");
    EXPECT_EQ(world.helm.count(FakeHelmDriver::Verb::Apply), 3) << "once is enough";
}

TEST(ReconcileSuspend, WhatStartsPodsAgainAndAgainHoldsNoWorker) {
    World world;
    const StoreId id = suspended_store(world);
    world.cluster.switches.pods_come_back = true;
    world.wake(id);
    world.run();
    EXPECT_EQ(world.helm.count(FakeHelmDriver::Verb::Apply), 3) << "one try a turn";
    world.pass(world.settings.max_snooze + seconds(1));
    world.run();
    EXPECT_EQ(world.helm.count(FakeHelmDriver::Verb::Apply), 4);
    EXPECT_EQ(world.phase(id), Phase::Suspended);
}

TEST(ReconcileSuspend, ANamespaceThatIsGoneIsSaidAndNotMadeAnew) {
    World world;
    const StoreId id = suspended_store(world);
    world.cluster.delete_namespace_outside(world.ref(id));
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Suspended);
    EXPECT_EQ(available(world, id).reason, "NamespaceMissing");
    EXPECT_EQ(world.cluster.creations(world.store(id).ns), 1);
}

TEST(ReconcileSuspend, OneThatDoesNotEndInTimeIsTakenBack) {
    World world;
    const StoreId id = ready_store(world);
    const std::string before = digest(world, id);
    world.cluster.switches.pods_linger = true;
    ASSERT_TRUE(world.update<SuspendStore>(id));
    world.run_to_end(id);
    world.pass(seconds(301));
    world.run();
    EXPECT_EQ(world.phase(id), Phase::Degraded);
    EXPECT_EQ(world.latest_operation(id).state, OperationState::Failed);
    EXPECT_EQ(world.latest_operation(id).error->reason, "Timeout");
    world.cluster.switches.pods_linger = false;
    world.pass(world.settings.max_snooze + seconds(1));
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Ready) << "it runs again";
    EXPECT_EQ(digest(world, id), before);
}

TEST(ReconcileSuspend, ADegradedStoreCanBeSuspended) {
    World world;
    const StoreId id = ready_store(world);
    world.checks.failing_always = app::CheckFailure{"page", "home", "answered 502"};
    world.wake(id);
    world.run();
    ASSERT_EQ(world.phase(id), Phase::Degraded);
    world.checks.failing_always.reset();  // from now on it is the sign that is asked
    ASSERT_TRUE(world.update<SuspendStore>(id));
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Suspended);
    EXPECT_FALSE(world.store(id).failure);
}

TEST(ReconcileSuspend, HelmThatDiesInTheMiddleIsRepairedAndItEndsSuspended) {
    World world;
    const StoreId id = ready_store(world);
    world.helm.die_next(FakeHelmDriver::Verb::Apply);
    ASSERT_TRUE(world.update<SuspendStore>(id));
    for (int i = 0; i < 5; ++i) {
        world.run_to_end(id);
        world.pass(seconds(20));
    }
    EXPECT_EQ(world.phase(id), Phase::Suspended);
    EXPECT_EQ(world.helm.count(FakeHelmDriver::Verb::Rollback), 1);
    EXPECT_EQ(world.helm.count(FakeHelmDriver::Verb::Remove), 0);
}

TEST(ReconcileSuspend, AnOutageMovesItsDeadline) {
    World world;
    const StoreId id = ready_store(world);
    world.cluster.switches.api_down = true;
    ASSERT_TRUE(world.update<SuspendStore>(id));
    world.run();
    world.pass(seconds(1000));
    world.run();
    EXPECT_EQ(world.phase(id), Phase::Updating);
    world.cluster.switches.api_down = false;
    world.pass(seconds(3));
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Suspended);
}

TEST(ReconcileSuspend, DeletionWorksFromSuspendedAndFromTheMiddle) {
    for (const bool middle : {false, true}) {
        World world;
        const StoreId id = ready_store(world);
        world.cluster.switches.pods_linger = middle;
        ASSERT_TRUE(world.update<SuspendStore>(id));
        world.run_to_end(id);
        ASSERT_EQ(world.phase(id), middle ? Phase::Updating : Phase::Suspended);
        const OperationId suspension = world.latest_operation(id).id;
        ASSERT_TRUE(world.remove(id));
        world.run_to_end(id);
        EXPECT_EQ(world.phase(id), Phase::Deleted);
        auto tx = world.database->begin(app::Access::Read);
        EXPECT_EQ((*tx)->operations().load(suspension)->state,
                  middle ? OperationState::Aborted : OperationState::Succeeded);
    }
}

TEST(ReconcileResume, RunsAgainWithTheSameReleaseAndItsOwnData) {
    World world;
    const StoreId id = ready_store(world);
    const std::string before = digest(world, id);
    const auto secrets = world.cluster.secrets(world.ref(id));
    ASSERT_TRUE(world.update<SuspendStore>(id));
    world.run_to_end(id);
    EXPECT_NE(digest(world, id), before);
    ASSERT_TRUE(world.update<ResumeStore>(id));
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Ready);
    EXPECT_EQ(digest(world, id), before);
    EXPECT_EQ(world.cluster.secrets(world.ref(id)), secrets);
    EXPECT_TRUE(available(world, id).status);
    const Operation operation = world.latest_operation(id);
    EXPECT_EQ(operation.kind, OperationKind::Resume);
    EXPECT_EQ(operation.state, OperationState::Succeeded);
    EXPECT_EQ(percent_done(operation.steps), 100);
    EXPECT_THAT(phase_reasons(world, id), ::testing::IsSupersetOf({"Updating Resuming", "Ready Resumed"}));
}

TEST(ReconcileResume, IsReadyOnlyWhenTheShopAnswers) {
    World world;
    const StoreId id = suspended_store(world);
    world.checks.failing_always = app::CheckFailure{"page", "home", "answered 503"};
    ASSERT_TRUE(world.update<ResumeStore>(id));
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Updating);
    world.checks.failing_always.reset();
    world.pass(world.settings.check_pause + seconds(1));
    world.run();
    EXPECT_EQ(world.phase(id), Phase::Ready);
}

TEST(ReconcileResume, AShopThatDoesNotComeBackInTimeIsDegradedAndHealsLater) {
    World world;
    const StoreId id = suspended_store(world);
    world.checks.failing_always = app::CheckFailure{"page", "home", "answered 503"};
    ASSERT_TRUE(world.update<ResumeStore>(id));
    world.run_to_end(id);
    world.pass(seconds(301));
    world.run();
    EXPECT_EQ(world.phase(id), Phase::Degraded);
    EXPECT_EQ(world.latest_operation(id).state, OperationState::Failed);
    EXPECT_EQ(world.latest_operation(id).error->reason, "CheckFailed");
    world.checks.failing_always.reset();
    world.pass(world.settings.max_snooze + seconds(1));
    world.run();
    EXPECT_EQ(world.phase(id), Phase::Ready);
}

TEST(ReconcileRestart, IsAnotherReleaseAndReadyOnlyAfterTheChecks) {
    World world;
    const StoreId id = ready_store(world);
    const int runs = world.checks.runs;
    ASSERT_TRUE(world.update<RestartStore>(id));
    EXPECT_EQ(world.phase(id), Phase::Updating);
    world.run();
    EXPECT_EQ(world.phase(id), Phase::Updating) << "workloads are not ready yet";
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Ready);
    EXPECT_EQ(world.checks.runs, runs + 1);
    EXPECT_EQ(world.helm.count(FakeHelmDriver::Verb::Apply), 2);
    EXPECT_THAT(phase_reasons(world, id),
                ::testing::IsSupersetOf({"Updating Restarting", "Ready Restarted"}));
}

TEST(ReconcileRestart, TwiceIsTwoRestarts) {
    World world;
    const StoreId id = ready_store(world);
    for (const int applies : {2, 3}) {
        world.pass(seconds(1));
        ASSERT_TRUE(world.update<RestartStore>(id));
        world.run_to_end(id);
        EXPECT_EQ(world.helm.count(FakeHelmDriver::Verb::Apply), applies);
    }
}

TEST(ReconcileRestart, OwnerChangesDoNotHoldItUp) {
    World world;
    const StoreId id = ready_store(world);
    world.checks.failing = app::CheckFailure{"admin", "login", "the owner changed the password"};
    ASSERT_TRUE(world.update<RestartStore>(id));
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Ready);
}

TEST(ReconcileRestart, AStalledOneGoesOnWhenRetried) {
    World world;
    const StoreId id = ready_store(world);
    world.helm.fail_all(Error{ErrorCode::Internal, "out of luck", {}, {}});
    ASSERT_TRUE(world.update<RestartStore>(id));
    for (int i = 0; i < 40 && find_condition(world.store(id).conditions, "Stalled") == nullptr; ++i) {
        world.run();
        world.pass(seconds(10));
    }
    ASSERT_NE(find_condition(world.store(id).conditions, "Stalled"), nullptr);
    ASSERT_EQ(world.phase(id), Phase::Updating);
    world.helm.fail_all(std::nullopt);
    const auto deadline = world.store(id).deadline;
    world.pass(seconds(1000));
    ASSERT_TRUE(world.retry(id));
    const auto moved = *world.store(id).deadline - *deadline;
    EXPECT_TRUE(moved >= seconds(1000) && moved < seconds(1020))
        << "by the time in which nobody worked on it";
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Ready);
    EXPECT_EQ(world.latest_operation(id).kind, OperationKind::Restart);
    EXPECT_EQ(world.latest_operation(id).state, OperationState::Succeeded);
}

TEST(UpdateWishes, AreRefusedInTheWrongPhase) {
    World world;
    const StoreId id = ready_store(world);
    EXPECT_EQ(world.update<ResumeStore>(id).error().reason, "WrongPhase");
    ASSERT_TRUE(world.update<SuspendStore>(id));
    EXPECT_EQ(world.update<ResumeStore>(id).error().reason, "OperationRunning");
    EXPECT_EQ(world.update<RestartStore>(id).error().reason, "OperationRunning");
    world.run_to_end(id);
    EXPECT_EQ(world.update<SuspendStore>(id).error().reason, "WrongPhase");
    EXPECT_EQ(world.update<RestartStore>(id).error().reason, "WrongPhase");
    EXPECT_EQ(world.phase(id), Phase::Suspended);
}

TEST(UpdateWishes, AreRefusedOfAPackThatDoesNotKnowThem) {
    World world;
    const StoreId id = ready_store(world);
    world.engines.packs_.front()->engine.can_suspend = false;
    world.engines.packs_.front()->engine.can_restart = false;
    EXPECT_EQ(world.update<SuspendStore>(id).error().reason, "ActionUnsupported");
    EXPECT_EQ(world.update<RestartStore>(id).error().reason, "ActionUnsupported");
    EXPECT_EQ(world.phase(id), Phase::Ready);
}

TEST(UpdateWishes, AreAnsweredAgainUnderTheSameKey) {
    World world;
    const StoreId id = ready_store(world);
    const app::IdempotencyKey key{"default POST suspend", "once", "same"};
    const auto first = world.update<SuspendStore>(id, key);
    ASSERT_TRUE(first);
    world.run_to_end(id);
    const auto second = world.update<SuspendStore>(id, key);
    ASSERT_TRUE(second);
    EXPECT_TRUE(second->replayed);
    EXPECT_EQ(second->answer.location, first->answer.location);
    EXPECT_EQ(world.phase(id), Phase::Suspended);
}

TEST(UpdateWishes, GoForwardOnly) {
    World world;
    const StoreId id = ready_store(world);
    ASSERT_TRUE(world.update<SuspendStore>(id));
    const auto refused = app::CancelOperation(*world.database, world.signals)(
        world.latest_operation(id).id.str(), world.caller);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "NotCancellable");
    EXPECT_FALSE(world.store(id).cancel_wanted);
}

TEST(UpdateWishes, LeaveTheValuesOfOtherStoresAsTheyWere) {
    engines::ManifestRenderer real;
    World world(&real);
    world.engines.packs_.front()->engine.resources_json["starter"] = "{}";
    const StoreId id = ready_store(world);
    const Store store = world.store(id);
    const auto values = [&] { return world.helm.values_json(store.ns.str(), store.slug.str()); };
    EXPECT_EQ(values().find("suspended"), std::string::npos);
    EXPECT_EQ(values().find("restarted"), std::string::npos);
    ASSERT_TRUE(world.update<RestartStore>(id));
    world.run_to_end(id);
    EXPECT_NE(values().find("\"restarted\":\"" + to_rfc3339(*world.store(id).restarted) + "\""),
              std::string::npos)
        << values();
}

}  // namespace
}  // namespace souk::usecases
