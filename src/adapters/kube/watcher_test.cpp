#include "adapters/kube/watcher.hpp"

#include <gtest/gtest.h>

namespace souk::kube {
namespace {

using namespace std::chrono_literals;
using What = StreamNews::What;

/// A watcher of Jobs on a scripted server; time is a number.
class WatcherTest : public ::testing::Test {
protected:
    struct Asked {
        Query query;
        std::uint64_t stream;
        std::string value(const std::string& key) const {
            for (const auto& [name, text] : query) {
                if (name == key) {
                    return text;
                }
            }
            return {};
        }
    };
    WatcherTest() {
        WatcherOptions options;
        options.selector = "souk.dev/store";
        options.random = [] { return 0.5; };
        options.told = [this](const std::string& store) { told_.push_back(store); };
        watcher_ = std::make_unique<Watcher>(
            Watched::Jobs, "/apis/batch/v1/jobs", options, cache_,
            [this](const std::string&, const Query& query, std::chrono::milliseconds,
                   std::chrono::milliseconds, std::uint64_t stream) {
                asked_.push_back({query, stream});
                return std::unique_ptr<runtime::HttpStream>();
            },
            [this](const std::vector<std::string>& stores) {
                changed_.insert(changed_.end(), stores.begin(), stores.end());
            },
            [this](std::string_view, const Error&) { ++notes_; });
    }
    std::optional<Watcher::Clock::time_point> tick() { return watcher_->tick(now_); }
    void head(int status) { take({0, asked_.back().stream, What::Head, status, {}, {}}); }
    void data(const std::string& text) { take({0, asked_.back().stream, What::Data, 0, text, {}}); }
    void done(std::optional<Error> error = {}) {
        take({0, asked_.back().stream, What::Done, 0, {}, std::move(error)});
    }
    void take(const StreamNews& news) { watcher_->take(news, now_); }
    static std::string job(const std::string& name, const std::string& version, int active = 0) {
        return R"({"metadata":{"name":")" + name + R"(","namespace":"ns","resourceVersion":")" + version +
               R"(","labels":{"souk.dev/store":"s"}},"status":{"active":)" + std::to_string(active) + "}}";
    }
    static std::string event(const std::string& type, const std::string& object) {
        return R"({"type":")" + type + R"(","object":)" + object + "}\n";
    }
    void list(const std::string& items, const std::string& version, const std::string& next = "") {
        tick();
        head(200);
        data(R"({"metadata":{"resourceVersion":")" + version + R"(","continue":")" + next +
             R"("},"items":[)" + items + "]}");
        done();
    }
    bool live() const { return cache_.size() > 0; }

    Cache cache_;
    std::vector<Asked> asked_;
    std::vector<std::string> changed_;
    std::vector<std::string> told_;
    int notes_ = 0;
    Watcher::Clock::time_point now_{1h};
    std::unique_ptr<Watcher> watcher_;
};

TEST_F(WatcherTest, ListsAllPagesAndThenWatchesFromThere) {
    list(job("a", "1"), "7", "more");
    list(job("b", "2"), "7");
    EXPECT_EQ(asked_.at(1).value("continue"), "more");
    EXPECT_EQ(cache_.size(), 2U);
    EXPECT_EQ(changed_.size(), 1U) << "what happened before the start is news too";
    changed_.clear();
    tick();
    EXPECT_EQ(asked_.at(2).value("watch"), "true");
    EXPECT_EQ(asked_.at(2).value("resourceVersion"), "7");
}

TEST_F(WatcherTest, OnlyChangesThatMatterAreReported) {
    list(job("a", "1"), "7");
    changed_.clear();
    tick();
    head(200);
    const std::string same = event("MODIFIED", job("a", "8"));
    data(same.substr(0, 20));
    data(same.substr(20));
    EXPECT_TRUE(changed_.empty()) << "only its version moved";
    data(event("MODIFIED", job("a", "9", 1)) + event("DELETED", job("a", "10", 1)));
    EXPECT_EQ(changed_, (std::vector<std::string>{"s", "s"}));
    EXPECT_EQ(cache_.size(), 0U);
}

TEST_F(WatcherTest, WhateverAWatchTellsOfAnObjectIsTold) {
    list(job("a", "1"), "7");
    EXPECT_TRUE(told_.empty()) << "a list tells what it changed";
    tick();
    head(200);
    data(event("MODIFIED", job("a", "8")) + event("BOOKMARK", R"({"metadata":{"resourceVersion":"99"}})"));
    EXPECT_EQ(told_, (std::vector<std::string>{"s"}))
        << "only its version moved, and people are shown all of it";
    data(event("DELETED", job("a", "10")));
    EXPECT_EQ(told_, (std::vector<std::string>{"s", "s"}));
}

TEST_F(WatcherTest, AWatchThatEndsGoesOnWhereItWas) {
    list("", "7");
    tick();
    head(200);
    data(event("BOOKMARK", R"({"metadata":{"resourceVersion":"99"}})"));
    done();
    tick();
    EXPECT_EQ(asked_.back().value("resourceVersion"), "99");
    EXPECT_EQ(notes_, 0);
}

TEST_F(WatcherTest, ABrokenConnectionIsTriedAgainLaterFromTheSamePlace) {
    list("", "7");
    tick();
    head(200);
    done(Error{ErrorCode::Unavailable, "reset", {}, {}});
    const auto due = tick();
    ASSERT_TRUE(due);
    EXPECT_GT(*due, now_);
    now_ = *due;
    tick();
    EXPECT_EQ(asked_.back().value("resourceVersion"), "7");
}

TEST_F(WatcherTest, AnExpiredVersionListsAnewAndReportsWhatWasMissed) {
    list(job("a", "1") + "," + job("b", "1"), "7");
    changed_.clear();
    tick();
    head(200);
    data(event("ERROR", R"({"code":410,"reason":"Expired"})"));
    done(Error{ErrorCode::Cancelled, "", {}, {}});
    now_ += 1min;
    list(job("a", "1"), "20");
    EXPECT_EQ(asked_.back().value("watch"), "");
    EXPECT_EQ(changed_, std::vector<std::string>{"s"}) << "b went away while nobody watched";
    EXPECT_EQ(watcher_->lists(), 2U);
}

TEST_F(WatcherTest, AnHttp410ListsAnew) {
    list("", "7");
    tick();
    head(410);
    done();
    tick();
    EXPECT_EQ(asked_.back().value("watch"), "");
}

TEST_F(WatcherTest, NonsenseListsAnewAfterAWhile) {
    list("", "7");
    tick();
    head(200);
    data("{\"type\":\"ADDED\"}\n");
    done(Error{ErrorCode::Cancelled, "", {}, {}});
    EXPECT_GT(notes_, 0);
    now_ += 1min;
    tick();
    EXPECT_EQ(asked_.back().value("watch"), "");
}

TEST_F(WatcherTest, AFailedListKeepsWhatIsKnown) {
    list(job("a", "1"), "7");
    changed_.clear();
    tick();
    head(410);
    done();
    tick();
    head(500);
    done();
    EXPECT_EQ(cache_.size(), 1U);
    EXPECT_TRUE(changed_.empty());
    EXPECT_TRUE(tick()) << "waits before it asks again";
}

TEST_F(WatcherTest, NewsOfAStreamGivenUpAreIgnored) {
    list("", "7");
    tick();
    head(200);
    take({0, 1, What::Data, 0, event("ADDED", job("a", "8")), {}});
    EXPECT_EQ(cache_.size(), 0U);
}

TEST(Cache, IsSyncedOnlyWhileEveryWatchLives) {
    Cache cache;
    for (std::size_t i = 0; i < kWatchedKinds; ++i) {
        EXPECT_FALSE(cache.view("s", "ns"));
        cache.set_live(static_cast<Watched>(i), true);
    }
    EXPECT_TRUE(cache.view("s", "ns"));
    cache.set_live(Watched::Claims, false);
    EXPECT_FALSE(cache.synced());
}

TEST(Cache, ALabelInAnotherNamespaceMakesNothingAStores) {
    Cache cache;
    for (std::size_t i = 0; i < kWatchedKinds; ++i) {
        cache.set_live(static_cast<Watched>(i), true);
    }
    cache.put(Watched::Pods, "s", {"ns", "mine"}, Pod{});
    cache.put(Watched::Pods, "s", {"elsewhere", "foreign"}, Pod{});
    cache.put(Watched::Pods, "other", {"ns", "odd"}, Pod{});
    EXPECT_EQ(cache.view("s", "ns")->pods.size(), 1U);
}

TEST(Cache, AFenceIsKeptByStoreAndToldWhenItChanges) {
    Cache cache;
    for (std::size_t i = 0; i < kWatchedKinds; ++i) {
        cache.set_live(static_cast<Watched>(i), true);
    }
    const auto put = [&](Watched kind, const char* name, std::uint64_t digest) {
        return cache.put(kind, "a", {"souk-a", name}, FencePart{digest});
    };
    EXPECT_EQ(put(Watched::NetworkPolicies, "souk-web", 7), std::vector<std::string>{"a"});
    EXPECT_TRUE(put(Watched::NetworkPolicies, "souk-web", 7).empty());
    EXPECT_TRUE(put(Watched::NetworkPolicies, "something-else", 7).empty());
    EXPECT_EQ(put(Watched::Quotas, "souk-plan", 8), std::vector<std::string>{"a"});
    FenceState expected{};
    expected[*fence_index(kNetworkPolicy, "souk-web")] = 7;
    expected[*fence_index(kQuota, "souk-plan")] = 8;
    EXPECT_EQ(cache.fence("a", "souk-a"), expected);
    EXPECT_EQ(cache.fence("b", "souk-a"), FenceState{});
    EXPECT_EQ(cache.size(), 2U);
    // A list in which it is missing is as good as its deletion; other kinds stay.
    EXPECT_EQ(cache.replace(Watched::NetworkPolicies, {}), std::vector<std::string>{"a"});
    expected[*fence_index(kNetworkPolicy, "souk-web")] = 0;
    EXPECT_EQ(cache.fence("a", "souk-a"), expected);
    EXPECT_EQ(cache.remove(Watched::Quotas, {"souk-a", "souk-plan"}), std::vector<std::string>{"a"});
    EXPECT_EQ(cache.size(), 0U);
    cache.set_live(Watched::Accounts, false);
    EXPECT_FALSE(cache.fence("a", "souk-a"));
}

}  // namespace
}  // namespace souk::kube
