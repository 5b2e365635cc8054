#include "adapters/http/log_followers.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <utility>

namespace souk::http {
namespace {

constexpr std::chrono::seconds kPatience{20};

/// Work that goes on until it is stopped.
struct Endless {
    std::promise<void> begun;
    std::promise<void> ended;

    LogFollowers::Work work() {
        return [this](const std::stop_token& stop) {
            std::promise<void> asked;
            const std::stop_callback note(stop, [&asked] { asked.set_value(); });
            begun.set_value();
            asked.get_future().wait();
            ended.set_value();
        };
    }
};

TEST(LogFollowers, GiveOutNoMorePlacesThanTheyHave) {
    LogFollowers followers(2);
    auto first = followers.reserve();
    const auto second = followers.reserve();
    EXPECT_TRUE(first != nullptr && second != nullptr);
    EXPECT_EQ(followers.reserve(), nullptr);
    first.reset();
    EXPECT_NE(followers.reserve(), nullptr);
}

TEST(LogFollowers, HoldThePlaceUntilTheWorkIsStopped) {
    LogFollowers followers(1);
    Endless endless;
    std::stop_source stop;
    followers.run(followers.reserve(), stop, endless.work());
    ASSERT_EQ(endless.begun.get_future().wait_for(kPatience), std::future_status::ready);
    EXPECT_EQ(followers.reserve(), nullptr);
    stop.request_stop();
    EXPECT_EQ(endless.ended.get_future().wait_for(kPatience), std::future_status::ready);
}

TEST(LogFollowers, StopAllWorkAtTheirEnd) {
    auto followers = std::make_unique<LogFollowers>(2);
    Endless endless;
    followers->run(followers->reserve(), std::stop_source(), endless.work());
    ASSERT_EQ(endless.begun.get_future().wait_for(kPatience), std::future_status::ready);
    const auto place = followers->reserve();  // may outlive its owner
    followers.reset();
    EXPECT_EQ(endless.ended.get_future().wait_for(std::chrono::seconds(0)), std::future_status::ready);
}

}  // namespace
}  // namespace souk::http
