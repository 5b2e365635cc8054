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

}  // namespace
}  // namespace souk::usecases
