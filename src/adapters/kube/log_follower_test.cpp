#include "adapters/kube/log_follower.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace souk::kube {
namespace {

using std::chrono::milliseconds;

struct NoStream final : runtime::HttpStream {
    void cancel() override {}
    void wait() override {}
};

/// Streams that say what a test makes them say.
class LogFollowerTest : public testing::Test {
protected:
    LogFollower::Source source(const std::string& pod, const std::string& text, bool goes_on,
                               int status = 200) {
        return {pod, "web",
                [this, pod, text, goes_on, status](runtime::StreamCallbacks callbacks) {
                    callbacks.on_headers({.status = status, .headers = {}});
                    callbacks.on_data(text);
                    if (goes_on) {
                        open_[pod] = std::move(callbacks);
                    } else {
                        callbacks.on_done({});
                    }
                    return std::make_unique<NoStream>();
                },
                [this, pod](const std::optional<Error>& error) {
                    ended_.push_back(pod + (error ? " " + std::string(to_string(error->code)) : ""));
                }};
    }
    void end(const std::string& pod) { open_.extract(pod).mapped().on_done({}); }
    LogFollower::OnLine keep() {
        return [this](const std::string& pod, const std::string&, const std::string& line) {
            lines_ += pod + ":" + line + " ";
            return true;
        };
    }

    std::map<std::string, runtime::StreamCallbacks> open_;
    std::vector<std::string> ended_;
    std::string lines_;
};

TEST_F(LogFollowerTest, WhatComesUpWhileAnotherGoesOnIsJoined) {
    int looks = 0;
    const LogFollower::Joining joining{milliseconds(1), [&](bool last) {
                                           std::vector<LogFollower::Source> more;
                                           if (++looks == 1) {
                                               EXPECT_FALSE(last);
                                               more.push_back(source("b", "two\nthree", false));
                                           } else if (open_.contains("a")) {
                                               end("a");
                                           }
                                           return more;
                                       }};
    std::vector<LogFollower::Source> first;
    first.push_back(source("a", "one\n", true));
    EXPECT_TRUE(LogFollower::run(std::move(first), keep(), {}, joining));
    EXPECT_EQ(lines_, "a:one b:two b:three ");
    EXPECT_EQ(ended_, (std::vector<std::string>{"b", "a"}));
}

TEST_F(LogFollowerTest, TheLastLookMayGoOnAndAnEmptyOneEndsIt) {
    std::vector<bool> looks;
    const LogFollower::Joining joining{std::chrono::hours(1), [&](bool last) {
                                           looks.push_back(last);
                                           std::vector<LogFollower::Source> more;
                                           if (looks.size() == 1) {
                                               more.push_back(source("b", "two\n", false));
                                           }
                                           return more;
                                       }};
    std::vector<LogFollower::Source> first;
    first.push_back(source("a", "one\n", false));
    EXPECT_TRUE(LogFollower::run(std::move(first), keep(), {}, joining));
    EXPECT_EQ(lines_, "a:one b:two ");
    EXPECT_EQ(looks, (std::vector<bool>{true, true}));
}

TEST_F(LogFollowerTest, AContainerWithoutALogIsAnErrorOnlyWhenNothingElseSpoke) {
    const std::string waits = R"({"kind":"Status","message":"container web is waiting to start"})";
    std::vector<LogFollower::Source> alone;
    alone.push_back(source("a", waits, false, 400));
    const auto failed = LogFollower::run(std::move(alone), keep(), {});
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::InvalidInput);
    std::vector<LogFollower::Source> both;
    both.push_back(source("a", waits, false, 400));
    both.push_back(source("b", "one\n", false));
    EXPECT_TRUE(LogFollower::run(std::move(both), keep(), {}));
    EXPECT_EQ(lines_, "b:one ");
    EXPECT_EQ(ended_.size(), 3U);
}

}  // namespace
}  // namespace souk::kube
