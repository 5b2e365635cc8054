#include "daemon/reconcile_lag.hpp"

#include <gtest/gtest.h>

namespace souk::daemon {
namespace {

using std::chrono::seconds;

TEST(ReconcileLag, CountsFromTheFirstChangeToTheNextTurn) {
    ReconcileLag lag;
    const StoreId store = StoreId::from_bytes({1});
    const ReconcileLag::Clock::time_point start{};
    EXPECT_FALSE(lag.turn_begins(store, start));
    lag.changed(store, start);
    lag.changed(store, start + seconds(2));
    EXPECT_FALSE(lag.turn_begins(StoreId::from_bytes({2}), start));
    EXPECT_EQ(lag.turn_begins(store, start + seconds(5)), seconds(5));
    EXPECT_FALSE(lag.turn_begins(store, start + seconds(6))) << "each change counts once";
}

}  // namespace
}  // namespace souk::daemon
