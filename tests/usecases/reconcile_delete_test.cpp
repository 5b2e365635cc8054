#include "tests/usecases/world.hpp"

namespace souk::usecases {
namespace {

std::optional<Receipt> receipt(World& world, const StoreId& id) {
    auto tx = world.database->begin(app::Access::Read);
    return *(*tx)->receipts().find(id);
}

TEST(ReconcileDelete, EndsWithAReceiptAndNothingLeft) {
    World world;
    const StoreId id = world.create();
    world.run_to_end(id);
    ASSERT_TRUE(world.remove(id));
    EXPECT_EQ(world.phase(id), Phase::Deleting);
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Deleted);
    EXPECT_TRUE(world.cluster.namespaces().empty());
    const auto proof = receipt(world, id);
    ASSERT_TRUE(proof);
    EXPECT_TRUE(proof->completed);
    EXPECT_FALSE(proof->lines.empty());
    for (const ReceiptLine& line : proof->lines) {
        EXPECT_TRUE(line.gone) << line.kind << " " << line.name;
    }
    EXPECT_EQ(world.latest_operation(id).state, OperationState::Succeeded);
}

TEST(ReconcileDelete, TheNameIsFreeAgain) {
    World world;
    const StoreId first = world.create();
    world.run_to_end(first);
    ASSERT_TRUE(world.remove(first));
    world.run_to_end(first);
    const StoreId second = world.create();
    EXPECT_NE(first, second);
    EXPECT_NE(world.store(first).ns, world.store(second).ns);
}

TEST(ReconcileDelete, PreemptsACreation) {
    World world;
    const StoreId id = world.create();
    world.run();
    const auto creation = world.latest_operation(id);
    ASSERT_TRUE(world.remove(id));
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Deleted);
    auto tx = world.database->begin(app::Access::Read);
    EXPECT_EQ((*tx)->operations().load(creation.id)->state, OperationState::Aborted);
}

TEST(ReconcileDelete, WorksBeforeAnythingExists) {
    World world;
    const StoreId id = world.create();
    ASSERT_TRUE(world.remove(id));
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Deleted);
    EXPECT_TRUE(world.cluster.namespaces().empty());
}

TEST(ReconcileDelete, ABrokenReleaseDoesNotHoldIt) {
    World world;
    const StoreId id = world.create();
    world.run_to_end(id);
    world.helm.fail_all(Error{ErrorCode::InvalidInput, "the release cannot be read", "", {}});
    ASSERT_TRUE(world.remove(id));
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Deleted);
}

TEST(ReconcileDelete, AHelmThatNeverEndsItsUninstallHoldsItUntilTheDeadlineOnly) {
    for (const Error& error : {Error{ErrorCode::Timeout, "helm did not end in time", "HelmTimeout", {}},
                               Error{ErrorCode::Unavailable, "helm was killed", "HelmKilled", {}}}) {
        SCOPED_TRACE(error.reason);
        World world;
        const StoreId id = world.create();
        world.run_to_end(id);
        world.helm.fail_all(error);
        world.cluster.switches.stuck_terminating = true;
        ASSERT_TRUE(world.remove(id));
        ASSERT_TRUE(world.runner.run_one({}));
        world.pass(world.settings.uninstall_deadline - seconds(10));
        ASSERT_TRUE(world.runner.run_one({}));
        EXPECT_EQ(world.helm.count(fakes::FakeHelmDriver::Verb::Remove), 2);
        EXPECT_EQ(world.cluster.count_of("remove_release_records"), 0U) << "helm still has time";

        world.pass(seconds(11));
        world.run_to_end(id);
        EXPECT_EQ(world.cluster.count_of("remove_release_records"), 1U);
        EXPECT_EQ(world.phase(id), Phase::Deleting) << "the namespace is still there";
        world.cluster.switches.stuck_terminating = false;
        world.pass(seconds(31));
        world.run_to_end(id);
        EXPECT_EQ(world.phase(id), Phase::Deleted);
        EXPECT_TRUE(world.cluster.namespaces().empty());
        const auto proof = receipt(world, id);
        ASSERT_TRUE(proof);
        for (const ReceiptLine& line : proof->lines) {
            EXPECT_TRUE(line.gone) << line.kind << " " << line.name;
        }
    }
}

TEST(ReconcileDelete, AClusterThatIsAwayIsWaitedForWithoutADeadline) {
    World world;
    const StoreId id = world.create();
    world.run_to_end(id);
    world.helm.fail_all(Error{ErrorCode::Unavailable, "the API server does not answer", "", {}});
    ASSERT_TRUE(world.remove(id));
    world.run();
    world.pass(world.settings.uninstall_deadline + seconds(1));
    world.run();
    EXPECT_EQ(world.cluster.count_of("remove_release_records"), 0U);
    EXPECT_EQ(world.phase(id), Phase::Deleting);
    world.helm.fail_all({});
    world.pass(seconds(3));
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Deleted);
    EXPECT_EQ(world.cluster.count_of("remove_release_records"), 0U);
}

TEST(ReconcileDelete, TheTypedNameIsNeeded) {
    World world;
    const StoreId id = world.create();
    const auto refused = world.remove(id, "something else");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "ConfirmationNeeded");
    EXPECT_EQ(world.phase(id), Phase::Requested);
}

TEST(ReconcileDelete, AskingAgainGivesTheSameOperation) {
    World world;
    const StoreId id = world.create();
    const auto first = world.remove(id);
    const auto second = world.remove(id);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->answer.location, second->answer.location);
}

TEST(ReconcileDelete, WhatHoldsItIsNamedAndNothingIsForced) {
    World world;
    const StoreId id = world.create();
    world.run_to_end(id);
    world.cluster.switches.stuck_terminating = true;
    ASSERT_TRUE(world.remove(id));
    world.run_to_end(id);
    world.pass(seconds(601));
    world.run();
    const Store held = world.store(id);
    EXPECT_EQ(held.phase, Phase::Deleting);
    const Condition* attention = find_condition(held.conditions, "NeedsAttention");
    ASSERT_NE(attention, nullptr);
    EXPECT_TRUE(attention->status);
    EXPECT_NE(attention->message.find("example.com/hold"), std::string::npos) << attention->message;
    world.cluster.switches.stuck_terminating = false;
    world.pass(seconds(31));
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Deleted);
}

TEST(ReconcileDelete, AVolumeThatIsLeftKeepsItDeleting) {
    World world;
    const StoreId id = world.create();
    world.run_to_end(id);
    world.cluster.switches.remnants = {{"PersistentVolume", "pv-1", "", "reclaim policy Retain"}};
    ASSERT_TRUE(world.remove(id));
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Deleting);
    world.cluster.switches.remnants.clear();
    world.pass(seconds(31));
    world.run();
    EXPECT_EQ(world.phase(id), Phase::Deleted);
}

TEST(ReconcileDelete, KeptLogsHoldNoSecretEvenWhenThePackIsLost) {
    World world;
    const StoreId id = world.create();
    world.run_to_end(id);
    world.cluster.set_logs(world.ref(id), {{"web-0", "web", "before password-1 after"}});
    world.engines.packs_.clear();
    ASSERT_TRUE(world.remove(id));
    world.run_to_end(id);
    ASSERT_EQ(world.phase(id), Phase::Deleted);
    auto tx = world.database->begin(app::Access::Read);
    const auto logs = (*tx)->kept_logs().list(id);
    ASSERT_TRUE(logs);
    ASSERT_EQ(logs->size(), 1U);
    EXPECT_EQ(logs->front().text, "before *** after");
}

}  // namespace
}  // namespace souk::usecases
