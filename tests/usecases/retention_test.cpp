#include "app/retention/remove_old.hpp"
#include "tests/usecases/world.hpp"

namespace souk::usecases {
namespace {

using std::chrono::hours;

constexpr hours kDay{24};

TEST(Retention, WhatAStoreLeavesIsKeptFor30DaysAndItsReceiptForEver) {
    World world;
    const StoreId id = world.create();
    world.run_to_end(id);
    world.cluster.set_logs(world.ref(id), {{"web-0", "web", "the last line"}});
    {
        auto tx = world.database->begin(app::Access::Write);
        ASSERT_TRUE((*tx)->usage().add(id, {.time = (*tx)->now()}));
        ASSERT_TRUE((*tx)->commit("test_usage"));
    }
    ASSERT_TRUE(world.remove(id));
    world.run_to_end(id);
    ASSERT_EQ(world.phase(id), Phase::Deleted);
    const auto events = static_cast<int>(world.events(id).size());
    const app::RemoveOld remove_old(*world.database, {});

    world.pass(29 * kDay);
    const auto early = remove_old();
    ASSERT_TRUE(early);
    EXPECT_EQ(early->events, 0);
    EXPECT_EQ(early->operations, 0);
    EXPECT_EQ(early->jobs, 0);
    EXPECT_EQ(early->kept_logs, 0);
    EXPECT_EQ(early->usage_samples, 0);

    world.pass(2 * kDay);
    const auto late = remove_old();
    ASSERT_TRUE(late);
    EXPECT_EQ(late->events, events - 1) << "the newest stays, so that no number is given twice";
    EXPECT_EQ(late->operations, 1) << "the newest of a store stays";
    EXPECT_EQ(late->jobs, 1);
    EXPECT_EQ(late->kept_logs, 1);
    EXPECT_EQ(late->usage_samples, 1);

    world.pass(10 * 365 * kDay);
    ASSERT_TRUE(remove_old());
    EXPECT_EQ(world.phase(id), Phase::Deleted);
    auto tx = world.database->begin(app::Access::Read);
    EXPECT_TRUE((*tx)->receipts().find(id)->has_value());
    EXPECT_FALSE((*tx)->audit().list(id.str(), 10)->empty());
}

}  // namespace
}  // namespace souk::usecases
