#include "app/jobs/wake_stores.hpp"

#include "tests/usecases/flaky_database.hpp"
#include "tests/usecases/world.hpp"

#include <map>

namespace souk::usecases {
namespace {

struct CountedSignals final : app::Signals {
    void jobs_changed() override { ++jobs; }
    void events_appended() override {}
    void stop_running(const StoreId&) override {}
    int jobs = 0;
};

class WakeStores : public ::testing::Test {
protected:
    /// Claims all that is due.
    std::map<StoreId, std::int64_t> wakes_by_store() {
        std::map<StoreId, std::int64_t> out;
        const auto tx = world.database->begin(app::Access::Write);
        for (auto job = (*tx)->jobs().claim("test", seconds(30)); job && *job;
             job = (*tx)->jobs().claim("test", seconds(30))) {
            out.emplace((*job)->store_id, (*job)->wake_seq);
        }
        return out;  // rolled back
    }

    World world;
    const StoreId ann = world.create("Ann");
    const StoreId bob = world.create("Bob");
    FlakyDatabase database{*world.database};
    CountedSignals signals;
    app::WakeStores wakes{database, signals};
};

TEST_F(WakeStores, ManyEventsOfManyStoresAreOneWakeEachInOneWrite) {
    wakes.add(ann);
    wakes.add(ann);
    wakes.add(bob);
    wakes.add(ann);
    ASSERT_TRUE(wakes.flush());
    EXPECT_EQ(wakes_by_store(), (std::map<StoreId, std::int64_t>{{ann, 1}, {bob, 1}}));
    EXPECT_EQ(database.writes, 1);
    EXPECT_EQ(signals.jobs, 1);

    ASSERT_TRUE(wakes.flush());
    EXPECT_EQ(database.writes, 1) << "nothing was noted since";
    EXPECT_EQ(signals.jobs, 1);
}

TEST_F(WakeStores, AFlushThatFailsLosesNoWake) {
    wakes.add(ann);
    database.away = true;
    EXPECT_FALSE(wakes.flush());
    EXPECT_EQ(signals.jobs, 0);
    wakes.add(bob);
    EXPECT_FALSE(wakes.flush());
    database.away = false;
    ASSERT_TRUE(wakes.flush());
    EXPECT_EQ(wakes_by_store(), (std::map<StoreId, std::int64_t>{{ann, 1}, {bob, 1}}));
    EXPECT_EQ(signals.jobs, 1);
}

}  // namespace
}  // namespace souk::usecases
