#include "runtime/time/backoff.hpp"
#include "runtime/time/clock.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>
#include <thread>

namespace souk::runtime {
namespace {

using namespace std::chrono_literals;

TEST(Backoff, TheLimitDoublesUpToTheCap) {
    const Backoff backoff(200ms, 1s, [] { return 0.5; });
    EXPECT_EQ(backoff.limit(0), 200ms);
    EXPECT_EQ(backoff.limit(1), 400ms);
    EXPECT_EQ(backoff.limit(2), 800ms);
    EXPECT_EQ(backoff.limit(3), 1s);
    EXPECT_EQ(backoff.limit(std::numeric_limits<int>::max()), 1s);
    EXPECT_EQ(backoff.limit(-1), 200ms);
    EXPECT_EQ(backoff.delay(1), 200ms);
}

TEST(Backoff, AHugeCapDoesNotOverflow) {
    const Backoff backoff(1ms, std::chrono::milliseconds::max(), [] { return 0.0; });
    EXPECT_EQ(backoff.limit(1000), std::chrono::milliseconds::max());
    EXPECT_EQ(backoff.delay(1000), 0ms);
}

TEST(Backoff, TheDelayIsSpreadOverTheWholeRange) {
    double random = 0.0;
    const Backoff backoff(100ms, 10s, [&] { return random; });
    EXPECT_EQ(backoff.delay(2), 0ms);
    random = 0.999;
    EXPECT_EQ(backoff.delay(2), 399ms);
}

TEST(Backoff, TheSystemsRandomStaysWithinTheLimit) {
    const Backoff backoff(100ms, 1s);
    for (int i = 0; i < 1000; ++i) {
        EXPECT_GE(backoff.delay(3), 0ms);
        EXPECT_LE(backoff.delay(3), backoff.limit(3));
    }
}

TEST(SleepFor, SleepsTheWholeTime) {
    const auto before = std::chrono::steady_clock::now();
    EXPECT_TRUE(sleep_for(20ms, {}));
    EXPECT_GE(std::chrono::steady_clock::now() - before, 20ms);
}

TEST(SleepFor, AStopEndsIt) {
    std::stop_source stop;
    std::jthread stopper([&] { stop.request_stop(); });
    EXPECT_FALSE(sleep_for(1h, stop.get_token()));
    EXPECT_FALSE(sleep_for(0ms, stop.get_token()));
}

TEST(Now, IsTheSystemsClock) {
    const auto before = std::chrono::system_clock::now();
    const auto between = now();
    EXPECT_GE(between + 1us, before);
    EXPECT_LE(between, std::chrono::system_clock::now());
}

}  // namespace
}  // namespace souk::runtime
