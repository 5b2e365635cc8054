#include "adapters/kube/log_sources.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace souk::kube {
namespace {

Pod pod(const std::string& name, int created = 1, const std::string& phase = "Running") {
    Pod out;
    out.name = name;
    out.phase = phase;
    out.created = from_micros(created * 1'000'000LL);
    out.containers = {"web"};
    return out;
}

std::string names(const std::vector<LogSources::Join>& joined) {
    std::string out;
    for (const auto& [pod, container] : joined) {
        out += pod + "/" + container + " ";
    }
    return out;
}

TEST(LogSources, ANewPodIsJoinedOnceItHasBegun) {
    LogSources sources("", "");
    EXPECT_EQ(names(sources.first({pod("a-1")})), "a-1/web ");
    EXPECT_EQ(names(sources.later({pod("a-1"), pod("a-2", 2, "Pending")}, true)), "");
    EXPECT_EQ(names(sources.later({pod("a-1"), pod("a-2", 2)}, true)), "a-2/web ");
    EXPECT_EQ(names(sources.later({pod("a-1"), pod("a-2", 2)}, true)), "");
}

TEST(LogSources, WhatEndedIsNotReadAgain) {
    LogSources sources("", "");
    EXPECT_EQ(names(sources.first({pod("a-1")})), "a-1/web ");
    sources.ended("a-1", "web", false);
    EXPECT_EQ(names(sources.later({pod("a-1")}, true)), "");
    EXPECT_EQ(names(sources.later({}, true)), "");
    EXPECT_EQ(names(sources.later({pod("a-1")}, true)), "") << "a list that was late";
}

TEST(LogSources, APodMadeAnewUnderItsOldNameIsAnother) {
    LogSources sources("", "");
    EXPECT_EQ(names(sources.first({pod("db-0", 5)})), "db-0/web ");
    EXPECT_EQ(names(sources.later({pod("db-0", 9)}, true)), "") << "the old one still has something to say";
    sources.ended("db-0", "web", false);
    EXPECT_EQ(names(sources.later({pod("db-0", 3)}, true)), "") << "its predecessor, in a list that was late";
    EXPECT_EQ(names(sources.later({pod("db-0", 9)}, true)), "db-0/web ");
}

TEST(LogSources, AContainerThatWasStartedAgainIsJoinedOnceForEachStart) {
    const auto started_again = [](int restarts) {
        Pod out = pod("a-1");
        out.containers = {"web", "sidecar"};
        out.container_restarts = {{"web", restarts}};
        return out;
    };
    LogSources sources("", "");
    EXPECT_EQ(names(sources.first({started_again(2)})), "a-1/web a-1/sidecar ");
    EXPECT_EQ(names(sources.later({started_again(3)}, true)), "")
        << "the one before still has something to say";
    sources.ended("a-1", "web", false);
    sources.ended("a-1", "sidecar", false);
    EXPECT_EQ(names(sources.later({started_again(2)}, true)), "") << "not started again yet";
    EXPECT_EQ(names(sources.later({started_again(3)}, true)), "a-1/web ")
        << "the other one has ended for good";
    sources.ended("a-1", "web", false);
    EXPECT_EQ(names(sources.later({started_again(3)}, true)), "");
    EXPECT_EQ(names(sources.later({started_again(4)}, false)), "a-1/web ");
}

TEST(LogSources, OneThatHadNoLogIsAskedAgain) {
    LogSources sources("", "");
    EXPECT_EQ(names(sources.first({pod("a-1"), pod("a-2", 2, "Pending")})), "a-1/web a-2/web ");
    sources.ended("a-2", "web", true);
    EXPECT_EQ(names(sources.later({pod("a-2", 2, "Pending")}, true)), "");
    EXPECT_EQ(names(sources.later({pod("a-2", 2)}, false)), "") << "the last look tries nothing twice";
    EXPECT_EQ(names(sources.later({pod("a-2", 2)}, true)), "a-2/web ");
}

TEST(LogSources, OneThatWillNeverHaveALogIsNotAskedAgain) {
    LogSources sources("", "");
    EXPECT_EQ(names(sources.first({pod("evicted", 1, "Failed")})), "evicted/web ");
    sources.ended("evicted", "web", true);
    EXPECT_EQ(names(sources.later({pod("evicted", 1, "Failed")}, true)), "");
}

TEST(LogSources, TheOldestPodComesFirst) {
    LogSources sources("", "");
    EXPECT_EQ(names(sources.later({pod("a", 3), pod("b", 1), pod("c", 2)}, true)), "b/web c/web a/web ");
}

TEST(LogSources, OnlyWhatWasAskedForIsJoined) {
    Pod both = pod("a-1");
    both.containers = {"web", "sidecar"};
    LogSources one("", "sidecar");
    EXPECT_EQ(names(one.first({both})), "a-1/sidecar ");
    LogSources other("a-2", "");
    EXPECT_EQ(names(other.first({both, pod("a-2")})), "a-2/web ");
}

TEST(LogSources, ThereIsAnEndToHowManyAreOpen) {
    std::vector<Pod> many;
    for (int i = 0; i < 100; ++i) {
        many.push_back(pod("a-" + std::to_string(i), i));
    }
    LogSources sources("", "");
    EXPECT_EQ(sources.first(many).size(), 64U);
    EXPECT_TRUE(sources.later(many, true).empty());
    sources.ended("a-0", "web", false);
    EXPECT_EQ(names(sources.later(many, true)), "a-64/web ") << "a place is free";
}

}  // namespace
}  // namespace souk::kube
