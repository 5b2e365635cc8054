#include "tests/usecases/world.hpp"

#include <algorithm>

namespace souk::usecases {
namespace {

TEST(ReconcileCreate, GoesThroughEveryStepToReady) {
    World world;
    const StoreId id = world.create();
    world.run_to_end(id);
    const Store store = world.store(id);
    EXPECT_EQ(store.phase, Phase::Ready);
    EXPECT_EQ(percent_done(store.steps), 100);
    EXPECT_TRUE(store.first_ready);
    EXPECT_EQ(world.latest_operation(id).state, OperationState::Succeeded);
    EXPECT_EQ(world.cluster.creations(store.ns), 1);
    EXPECT_EQ(world.helm.count(fakes::FakeHelmDriver::Verb::Apply), 1);
    EXPECT_EQ(world.renderer.made, 1);
}

TEST(ReconcileCreate, ItsEventsBelongToTheOperationUntilThatHasEnded) {
    World world;
    const StoreId id = world.create();
    world.run_to_end(id);
    const std::string creation = world.latest_operation(id).id.str();
    for (const Event& event : world.events(id)) {
        EXPECT_EQ(event.operation, creation) << event.type << " " << event.step;
    }
    world.cluster.break_workloads(world.ref(id));
    world.run();
    ASSERT_EQ(world.phase(id), Phase::Degraded);
    EXPECT_EQ(world.events(id).back().operation, "");
    ASSERT_TRUE(world.remove(id));
    world.run_to_end(id);
    const std::string deletion = world.latest_operation(id).id.str();
    ASSERT_NE(deletion, creation);
    const auto events = world.events(id);
    const auto begin =
        std::find_if(events.begin(), events.end(), [&](const Event& e) { return e.operation == deletion; });
    EXPECT_TRUE(std::all_of(begin, events.end(), [&](const Event& e) { return e.operation == deletion; }));
    EXPECT_EQ(events.back().type, "store.deleted");
}

TEST(ReconcileCreate, NothingRunsBeforeTheFence) {
    World world;
    world.create();
    world.run();
    const auto calls = world.cluster.calls();
    const auto at = [&](const char* name) {
        return std::find_if(calls.begin(), calls.end(),
                            [&](const std::string& c) { return c.starts_with(name); }) -
               calls.begin();
    };
    EXPECT_LT(at("create_namespace"), at("ensure_fence"));
    EXPECT_LT(at("ensure_fence"), at("ensure_secret"));
    EXPECT_LT(at("ensure_secret"), at("stamp_epoch"));
}

TEST(ReconcileCreate, IsNotRoutedBeforeSetupIsDone) {
    World world;
    const StoreId id = world.create();
    world.cluster.switches.setup_failure = Failure{"SetupFailed", "no"};
    world.run();
    world.cluster.advance(world.ref(id));
    world.run();
    EXPECT_EQ(world.cluster.count_of("ensure_route"), 0U);
}

TEST(ReconcileCreate, EveryEventHasTheNextNumberAndTheStoresPhase) {
    World world;
    const StoreId id = world.create();
    world.run_to_end(id);
    const auto events = world.events(id);
    ASSERT_GT(events.size(), 10U);
    for (std::size_t i = 0; i < events.size(); ++i) {
        EXPECT_EQ(events[i].store_seq, static_cast<std::int64_t>(i + 1));
    }
    EXPECT_EQ(events.front().type, "store.requested");
    EXPECT_EQ(
        std::count_if(events.begin(), events.end(), [](const Event& e) { return e.type == "store.ready"; }),
        1);
}

TEST(ReconcileCreate, AConditionsEventNamesTheCondition) {
    World world;
    world.limits.provisioning = 0;
    const StoreId id = world.create();
    world.run();
    world.limits.provisioning = 1;
    world.pass(seconds(3));
    world.run();
    world.cluster.switches.api_down = true;
    world.wake(id);
    world.run();
    world.cluster.switches.api_down = false;
    world.pass(seconds(3));
    world.run_to_end(id);
    std::vector<std::string> told;
    for (const Event& event : world.events(id)) {
        EXPECT_EQ(event.condition.empty(), event.type != "store.condition") << event.type;
        if (event.type == "store.condition") {
            told.push_back(event.condition + " " + event.state + " " + event.reason);
        }
    }
    EXPECT_EQ(told, (std::vector<std::string>{
                        "Waiting true ProvisioningLimit", "ClusterReachable false ClusterUnreachable",
                        "ClusterReachable true Reachable", "ChecksPassed true ChecksPassed"}));
}

TEST(ReconcileCreate, EveryStepIsToldAsDone) {
    World world;
    const StoreId id = world.create();
    world.run();
    world.cluster.advance_to_end(world.ref(id));  // everything is ready before anybody looks again
    world.run_to_end(id);
    std::vector<std::string> done;
    for (const Event& event : world.events(id)) {
        if (event.type == "store.step" && event.state == "done") {
            done.push_back(event.step);
        }
    }
    std::vector<std::string> all;
    for (const Step step : kCreateSteps) {
        all.emplace_back(to_string(step));
    }
    EXPECT_EQ(done, all);
}

TEST(ReconcileCreate, WaitsInLineWhenTheLimitIsReached) {
    World world;
    world.limits.provisioning = 1;
    const StoreId first = world.create("First");
    const StoreId second = world.create("Second");
    world.run();
    EXPECT_EQ(world.phase(first), Phase::Provisioning);
    EXPECT_EQ(world.phase(second), Phase::Requested);
    const Store waiting = world.store(second);
    const Condition* condition = find_condition(waiting.conditions, "Waiting");
    ASSERT_NE(condition, nullptr);
    EXPECT_EQ(condition->message, "waits for a free place, number 1 in line");
    world.run_to_end(first);
    world.pass(seconds(3));
    world.run_to_end(second);
    EXPECT_EQ(world.phase(second), Phase::Ready);
}

TEST(ReconcileCreate, AnOutageIsNeitherAbsenceNorFailure) {
    World world;
    const StoreId id = world.create();
    world.run();
    const Store before = world.store(id);
    world.cluster.switches.api_down = true;
    world.wake(id);
    world.run();
    Store during = world.store(id);
    EXPECT_EQ(during.phase, Phase::Provisioning);
    EXPECT_EQ(during.steps, before.steps);
    EXPECT_FALSE(find_condition(during.conditions, "ClusterReachable")->status);
    world.pass(seconds(400));  // longer than the deadline
    world.cluster.switches.api_down = false;
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Ready);
}

TEST(ReconcileCreate, TheTimeWithoutASoukdDoesNotCount) {
    World world;
    const StoreId id = world.create();
    world.run();
    ASSERT_EQ(world.phase(id), Phase::Provisioning);
    const auto left = *world.store(id).deadline - world.store(id).updated;
    world.pass(seconds(4000));  // longer than the deadline, and nobody is there
    ASSERT_TRUE(app::ExtendDeadlines(*world.database)());
    const Store store = world.store(id);
    EXPECT_EQ(*store.deadline - store.updated, left);
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Ready);
}

TEST(ReconcileCreate, ADeadHelmIsRepaired) {
    World world;
    world.helm.die_next(fakes::FakeHelmDriver::Verb::Apply);
    const StoreId id = world.create();
    world.run();
    world.pass(seconds(10));
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Ready);
    EXPECT_EQ(world.helm.count(fakes::FakeHelmDriver::Verb::Remove), 1);
}

TEST(ReconcileCreate, AForeignNamespaceIsRefusedAndUntouched) {
    World world;
    const StoreId id = world.create();
    world.cluster.make_foreign_namespace(world.store(id).ns);
    world.run();
    const Store store = world.store(id);
    EXPECT_EQ(store.phase, Phase::Failed);
    EXPECT_EQ(store.failure->reason, "NamespaceForeign");
    for (const auto& call :
         {"ensure_fence", "ensure_secret", "remove_namespace", "remove_volume_claims", "remove_route"}) {
        EXPECT_EQ(world.cluster.count_of(call), 0U) << call;
    }
}

TEST(ReconcileCreate, AnImageThatCannotBePulledFailsAndRetryWorks) {
    World world;
    const StoreId id = world.create();
    world.cluster.switches.workload_failure = fakes::FakeCluster::image_pull_failure();
    world.run_to_end(id);
    Store store = world.store(id);
    EXPECT_EQ(store.phase, Phase::Failed);
    EXPECT_EQ(store.failure->reason, "ImagePullFailed");
    EXPECT_EQ(world.latest_operation(id).state, OperationState::Failed);
    EXPECT_TRUE(world.helm.history(store.ns.str(), store.slug.str()).empty()) << "the release is removed";
    const auto secrets = world.cluster.secrets(world.ref(id));

    world.cluster.switches.workload_failure.reset();
    ASSERT_TRUE(world.retry(id));
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Ready);
    EXPECT_EQ(world.latest_operation(id).kind, OperationKind::Retry);
    EXPECT_EQ(world.latest_operation(id).state, OperationState::Succeeded);
    EXPECT_EQ(world.cluster.secrets(world.ref(id)), secrets) << "a retry rotates nothing";
    EXPECT_EQ(world.cluster.creations(store.ns), 1);
}

TEST(ReconcileCreate, WithKeepFailedAFailureLeavesReleaseAndVolumesUntilTheRetry) {
    World world;
    world.settings.keep_failed = true;
    const StoreId id = world.create();
    world.cluster.switches.workload_failure = fakes::FakeCluster::image_pull_failure();
    world.run_to_end(id);
    const Store store = world.store(id);
    ASSERT_EQ(store.phase, Phase::Failed);
    EXPECT_EQ(world.helm.count(fakes::FakeHelmDriver::Verb::Remove), 0);
    EXPECT_EQ(world.cluster.count_of("remove_volume_claims"), 0U);
    EXPECT_EQ(world.helm.history(store.ns.str(), store.slug.str()).size(), 1U);

    world.cluster.switches.workload_failure.reset();
    ASSERT_TRUE(world.retry(id));
    world.run_to_end(id);
    EXPECT_EQ(world.helm.count(fakes::FakeHelmDriver::Verb::Remove), 1) << "the retry begins from nothing";
    EXPECT_EQ(world.cluster.count_of("remove_volume_claims"), 1U);
    EXPECT_EQ(world.phase(id), Phase::Ready);
}

TEST(ReconcileCreate, ARetryWaitsUntilTheLastTrysVolumesAreGone) {
    World world;
    const StoreId id = world.create();
    world.cluster.switches.claims_linger = true;
    world.cluster.switches.workload_failure = fakes::FakeCluster::crash_loop();
    world.run_to_end(id);
    ASSERT_EQ(world.phase(id), Phase::Failed);
    world.cluster.switches.workload_failure.reset();
    const int before = world.helm.count(fakes::FakeHelmDriver::Verb::Apply);
    ASSERT_TRUE(world.retry(id));
    world.pass(seconds(2));
    world.run();
    EXPECT_EQ(world.helm.count(fakes::FakeHelmDriver::Verb::Apply), before);
    EXPECT_EQ(world.phase(id), Phase::Failed);
    world.cluster.switches.claims_linger = false;
    world.pass(seconds(2));
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Ready);
}

TEST(ReconcileCreate, ASetupThatFailsSaysWhyInItsOwnWords) {
    World world;
    const StoreId id = world.create();
    world.cluster.switches.setup_failure = Failure{"EnginePluginMissing", "give the plugin archive"};
    world.run_to_end(id);
    EXPECT_EQ(world.store(id).failure, (Failure{"EnginePluginMissing", "give the plugin archive"}));
}

TEST(ReconcileCreate, TheClustersEventsAreKeptBesideTheLogsAndHoldNoSecret) {
    World world;
    const StoreId id = world.create();
    world.run();
    world.cluster.set_events(world.ref(id), {{"Pod/web-0", "events", "Warning BackOff: -p password-1\n"}});
    world.cluster.switches.workload_failure = fakes::FakeCluster::crash_loop();
    world.run_to_end(id);
    auto tx = world.database->begin(app::Access::Read);
    const auto logs = (*tx)->kept_logs().list(id);
    ASSERT_TRUE(logs);
    ASSERT_EQ(logs->size(), 1U);
    EXPECT_EQ(logs->front().pod, "Pod/web-0");
    EXPECT_EQ(logs->front().container, "events");
    EXPECT_EQ(logs->front().text, "Warning BackOff: -p ***\n");
}

TEST(ReconcileCreate, KeptLogsHoldNoSecret) {
    World world;
    const StoreId id = world.create();
    world.run();
    world.cluster.set_logs(world.ref(id), {{"web-0", "web", "before password-1 after"}});
    world.cluster.switches.workload_failure = fakes::FakeCluster::crash_loop();
    world.run_to_end(id);
    auto tx = world.database->begin(app::Access::Read);
    const auto logs = (*tx)->kept_logs().list(id);
    ASSERT_TRUE(logs);
    ASSERT_EQ(logs->size(), 1U);
    EXPECT_EQ(logs->front().text, "before *** after");
}

TEST(ReconcileCreate, AFailureKeepsTheLast200LinesAndThe50NewestEvents) {
    World world;
    const StoreId id = world.create();
    world.cluster.switches.workload_failure = fakes::FakeCluster::crash_loop();
    world.run_to_end(id);
    ASSERT_EQ(world.phase(id), Phase::Failed);
    const auto calls = world.cluster.calls();
    const std::string ns = world.store(id).ns.str();
    EXPECT_EQ(std::ranges::count(calls, "logs " + ns + " 200"), 1);
    EXPECT_EQ(std::ranges::count(calls, "events " + ns + " 50"), 1);
}

TEST(ReconcileCreate, ACheckThatNeverPassesFailsAtTheDeadline) {
    World world;
    world.checks.failing = app::CheckFailure{"page", "home", "answered 500"};
    const StoreId id = world.create();
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Provisioning);
    world.pass(seconds(301));
    world.run();
    EXPECT_EQ(world.phase(id), Phase::Failed);
    EXPECT_EQ(world.store(id).failure->reason, "CheckFailed");
}

TEST(ReconcileCreate, ANoProgressCreationEndsAsTimeout) {
    World world;
    const StoreId id = world.create();
    world.run();
    world.pass(seconds(301));
    world.run();
    EXPECT_EQ(world.phase(id), Phase::Failed);
    EXPECT_EQ(world.store(id).failure->reason, "Timeout");
}

TEST(ReconcileCreate, CancelEndsAsFailedWithReasonCancelled) {
    World world;
    const StoreId id = world.create();
    world.run();
    world.cancel(id);
    world.run();
    EXPECT_EQ(world.phase(id), Phase::Failed);
    EXPECT_EQ(world.store(id).failure->reason, "Cancelled");
    EXPECT_EQ(world.latest_operation(id).state, OperationState::Failed);
}

TEST(ReconcileCreate, CancelWorksBeforeItsTurnCame) {
    World world;
    world.limits.provisioning = 0;
    const StoreId id = world.create();
    world.run();
    world.cancel(id);
    world.run();
    EXPECT_EQ(world.phase(id), Phase::Failed);
    EXPECT_EQ(world.store(id).failure->reason, "Cancelled");
}

TEST(ReconcileCreate, ARetryThatIsCancelledInLineEndsAsCancelled) {
    World world;
    const StoreId id = world.create();
    world.cluster.switches.setup_failure = Failure{"SetupFailed", "the setup said no"};
    world.run_to_end(id);
    ASSERT_EQ(world.store(id).failure->reason, "SetupFailed");
    world.limits.provisioning = 0;
    ASSERT_TRUE(world.retry(id));
    world.run();
    world.cancel(id);
    world.run();
    EXPECT_EQ(world.phase(id), Phase::Failed);
    EXPECT_EQ(world.store(id).failure->reason, "Cancelled");
    const Operation ended = world.latest_operation(id);
    EXPECT_EQ(ended.kind, OperationKind::Retry);
    EXPECT_EQ(ended.state, OperationState::Failed);
    ASSERT_TRUE(ended.error);
    EXPECT_EQ(ended.error->reason, "Cancelled");
}

TEST(ReconcileCreate, ANewcomerDoesNotOvertakeThoseWhoWait) {
    World world;
    world.limits.provisioning = 1;
    const StoreId first = world.create("First");
    const StoreId second = world.create("Second");
    world.run();
    world.run_to_end(first);
    ASSERT_EQ(world.phase(first), Phase::Ready);
    const StoreId third = world.create("Third");  // its job is new; the second's waits for its poll
    world.run();
    EXPECT_EQ(world.phase(third), Phase::Requested);
    world.pass(seconds(3));
    world.run();
    EXPECT_EQ(world.phase(second), Phase::Provisioning);
    EXPECT_EQ(world.phase(third), Phase::Requested);
}

TEST(ReconcileCreate, ARetryStandsBehindThoseWhoWait) {
    World world;
    world.limits.provisioning = 1;
    const StoreId failed = world.create("First");
    world.cluster.switches.setup_failure = Failure{"SetupFailed", "the setup said no"};
    world.run_to_end(failed);
    ASSERT_EQ(world.phase(failed), Phase::Failed);
    world.cluster.switches.setup_failure.reset();
    const StoreId running = world.create("Second");
    world.run();
    const StoreId waiting = world.create("Third");
    world.run();
    ASSERT_TRUE(world.retry(failed));
    world.run_to_end(running);
    world.pass(seconds(3));
    world.run();
    EXPECT_EQ(world.phase(waiting), Phase::Provisioning);
    EXPECT_EQ(world.phase(failed), Phase::Failed);
    const Store behind = world.store(failed);
    const Condition* place = find_condition(behind.conditions, "Waiting");
    ASSERT_NE(place, nullptr);
    EXPECT_TRUE(place->status);
    world.run_to_end(waiting);
    world.pass(seconds(3));
    world.run_to_end(failed);
    EXPECT_EQ(world.phase(failed), Phase::Ready);
}

TEST(ReconcileCreate, ATeamAtItsLimitDoesNotHoldTheOthers) {
    World world;
    world.limits.provisioning_per_team = 1;
    world.limits.provisioning = 2;
    world.create("First");
    world.create("Second");
    world.create("Third");
    world.run();
    world.caller.team = "other";
    const StoreId theirs = world.create("Fourth");
    world.run();
    EXPECT_EQ(world.phase(theirs), Phase::Provisioning);
}

TEST(ReconcileCreate, ARetriedStallHasOneDeadline) {
    World world;
    const StoreId id = world.create();
    world.run();  // waits for its data
    for (int i = 0; i < world.job_settings.max_attempts; ++i) {
        world.cluster.switches.fail_once.insert_or_assign(
            "observe", Error{ErrorCode::Internal, "what it says cannot be read", {}, {}});
        world.wake(id);
        world.runner.run_one({});
    }
    world.cluster.switches.fail_once.clear();
    ASSERT_TRUE(find_condition(world.store(id).conditions, "Stalled")->status);
    world.pass(seconds(1000));  // until a person comes
    ASSERT_TRUE(world.retry(id));
    world.run();
    ASSERT_EQ(world.phase(id), Phase::Provisioning) << "it gets its whole time again";
    for (int i = 0; i < 11; ++i) {
        world.pass(seconds(31));
        world.run();
    }
    EXPECT_EQ(world.phase(id), Phase::Failed);
    EXPECT_EQ(world.store(id).failure.value_or(Failure{}).reason, "Timeout");
}

}  // namespace
}  // namespace souk::usecases
