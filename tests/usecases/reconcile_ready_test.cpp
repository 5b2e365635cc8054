#include "adapters/engines/renderer.hpp"
#include "tests/usecases/world.hpp"

namespace souk::usecases {
namespace {

StoreId ready_store(World& world) {
    const StoreId id = world.create();
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Ready);
    return id;
}

TEST(ReconcileReady, BrokenWorkloadsMakeItDegradedAndBack) {
    World world;
    const StoreId id = ready_store(world);
    world.cluster.break_workloads(world.ref(id));
    world.run();
    EXPECT_EQ(world.phase(id), Phase::Degraded);
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Ready);
    EXPECT_EQ(world.helm.count(fakes::FakeHelmDriver::Verb::Apply), 1) << "nothing is installed anew";
}

TEST(ReconcileReady, AStorefrontThatStopsAnsweringMakesItDegraded) {
    World world;
    const StoreId id = ready_store(world);
    world.checks.failing_always = app::CheckFailure{"page", "home", "answered 502"};
    world.wake(id);
    world.run();
    EXPECT_EQ(world.phase(id), Phase::Degraded);
    world.checks.failing_always.reset();
    world.pass(seconds(10));
    world.run();
    EXPECT_EQ(world.phase(id), Phase::Ready);
}

TEST(ReconcileReady, OwnerChangesDoNotDegradeIt) {
    World world;
    const StoreId id = ready_store(world);
    world.checks.failing = app::CheckFailure{"cart", "products", "no product"};
    world.wake(id);
    world.run();
    EXPECT_EQ(world.phase(id), Phase::Ready);
}

TEST(ReconcileReady, ALostNamespaceIsNotReplacedByAnEmptyShop) {
    World world;
    const StoreId id = ready_store(world);
    world.cluster.delete_namespace_outside(world.ref(id));
    world.cluster.advance_to_end(world.ref(id));
    world.wake(id);
    world.run();
    EXPECT_EQ(world.phase(id), Phase::Degraded);
    EXPECT_EQ(world.store(id).failure->reason, "NamespaceMissing");
    EXPECT_EQ(world.cluster.creations(world.store(id).ns), 1);
}

TEST(ReconcileReady, AGapInTheFenceIsClosedWithoutTouchingTheShop) {
    World world;
    const StoreId id = ready_store(world);
    ASSERT_EQ(world.cluster.count_of("ensure_fence"), 1U);
    world.cluster.damage_fence_outside(world.ref(id));
    world.run_to_end(id);
    EXPECT_EQ(world.cluster.count_of("ensure_fence"), 2U);
    EXPECT_EQ(world.phase(id), Phase::Ready);
    EXPECT_EQ(world.helm.count(fakes::FakeHelmDriver::Verb::Apply), 1) << "nothing is installed anew";
}

TEST(ReconcileReady, ARouteRemovedByHandComesBack) {
    World world;
    const StoreId id = ready_store(world);
    world.cluster.delete_route_outside(world.ref(id));
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Ready);
    EXPECT_EQ(world.cluster.count_of("ensure_route"), 2U);
}

/// Puts the release into a state in which Helm refuses an upgrade, and lets the loop look.
void meets_release(World& world, const StoreId& id, std::vector<fakes::FakeHelmDriver::Revision> history) {
    const Store store = world.store(id);
    world.helm.put(store.ns.str(), store.slug.str(), std::move(history));
    world.wake(id);
    world.run_to_end(id);
    EXPECT_EQ(world.phase(id), Phase::Ready);
    EXPECT_EQ(world.helm.observed(store.ns.str(), store.slug.str()).state, ReleaseState::Deployed);
    EXPECT_EQ(world.helm.count(fakes::FakeHelmDriver::Verb::Remove), 0) << "its data would go with it";
    EXPECT_EQ(world.cluster.count_of("remove_volume_claims"), 0U);
}

TEST(ReconcileReady, AKilledInstallOverItsDataIsRepairedWithoutAnUninstall) {
    World world;
    const StoreId id = ready_store(world);
    meets_release(world, id, {{1, ReleaseState::PendingInstall, "digest-starter", "{}", "", false}});
}

TEST(ReconcileReady, AKilledUpgradeWithNothingToGoBackToIsRepairedWithoutAnUninstall) {
    World world;
    const StoreId id = ready_store(world);
    meets_release(world, id,
                  {{1, ReleaseState::Failed, "digest-starter", "{}", "", false},
                   {2, ReleaseState::PendingUpgrade, "digest-starter", "{}", "", false}});
}

TEST(ReconcileReady, AnUninstallThatSomebodyBeganIsNotFinished) {
    World world;
    const StoreId id = ready_store(world);
    meets_release(world, id, {{1, ReleaseState::Uninstalling, "digest-starter", "{}", "", true}});
}

TEST(ReconcileReady, ARenameLeavesTheReleaseAsItIs) {
    engines::ManifestRenderer real;
    World world(&real);
    world.engines.packs_.front()->engine.resources_json["starter"] = "{}";
    world.engines.packs_.front()->engine.values_json = R"({"greeting": "Welcome to ${store.name}"})";
    const StoreId id = ready_store(world);
    const Store before = world.store(id);
    const auto release = world.helm.observed(before.ns.str(), before.slug.str());
    ASSERT_TRUE(
        app::RenameStore(*world.database, world.signals)(id.str(), "Ben's shop", std::nullopt, world.caller));
    world.pass(world.settings.sweep + seconds(1));
    world.run_to_end(id);
    EXPECT_EQ(world.store(id).name.str(), "Ben's shop");
    EXPECT_EQ(world.phase(id), Phase::Ready);
    const auto now = world.helm.observed(before.ns.str(), before.slug.str());
    EXPECT_EQ(now.digest, release.digest);
    EXPECT_EQ(now.revision, release.revision) << "a rename restarts the store";
}

TEST(ReconcileReady, AFailedSetupIsHistory) {
    World world;
    const StoreId id = ready_store(world);
    world.cluster.fail_setup(world.ref(id));
    world.run();
    EXPECT_EQ(world.phase(id), Phase::Ready);
}

}  // namespace
}  // namespace souk::usecases
