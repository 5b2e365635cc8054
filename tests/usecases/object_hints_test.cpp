#include "app/events/object_hints.hpp"

#include "app/stores/read_resources.hpp"
#include "tests/usecases/flaky_database.hpp"
#include "tests/usecases/world.hpp"

#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace souk::usecases {
namespace {

class ObjectHints : public ::testing::Test {
protected:
    /// Somebody who listens; each hint is a word of `heard`, with the names of its stores.
    std::uint64_t listen(std::vector<std::string>& heard, app::EventHub::Interest interest = {}) {
        return hub.subscribe(std::move(interest), -1, [this, &heard](const app::EventHub::Delivery& told) {
            EXPECT_TRUE(told.events.empty() && !told.resync && told.number == 0) << "no event, no place";
            std::string names;
            for (const StoreId& id : told.changed) {
                names += id == ann ? "ann " : id == bob ? "bob " : "? ";
            }
            heard.push_back(names);
            return stays;
        });
    }
    bool flush() { return hints.flush().value_or(false); }

    using Heard = std::vector<std::string>;
    World world;
    const StoreId ann = world.create("Ann");
    const StoreId bob = world.create("Bob");
    FlakyDatabase database{*world.database};
    app::EventHub hub{database};
    app::ObjectHints hints{database, hub};
    bool stays = true;
};

TEST_F(ObjectHints, ManyChangesOfAStoreAreOneHintAndTheLastIsNeverLost) {
    Heard heard;
    listen(heard);
    for (int i = 0; i < 50; ++i) {
        EXPECT_TRUE(hints.add(ann));
    }
    hints.add(bob);
    flush();
    EXPECT_EQ(heard, (Heard{"ann bob "}));
    hints.add(ann);
    flush();
    flush();
    EXPECT_EQ(heard, (Heard{"ann bob ", "ann "}));
}

TEST_F(ObjectHints, ReachWhoeverHasSeenTheGreeting) {
    Heard heard;
    std::jthread other;
    hub.subscribe(
        {}, -1,
        [&heard](const app::EventHub::Delivery& told) {
            heard.push_back(told.changed.front().str());
            return true;
        },
        [&] {
            EXPECT_TRUE(heard.empty());
            other = std::jthread([this] { hub.tell({{"default", ann}}); });
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        });
    other.join();
    EXPECT_EQ(heard, Heard{ann.str()});
}

TEST_F(ObjectHints, GoToThoseWhomTheStoreConcerns) {
    Heard all, bobs, others, typed;
    listen(all);
    listen(bobs, {.store = bob.str()});
    listen(others, {.team = "another"});
    listen(typed, {.types = {"store.ready"}});
    hints.add(ann);
    flush();
    hints.add(bob);
    flush();
    EXPECT_EQ(all, (Heard{"ann ", "bob "}));
    EXPECT_EQ(bobs, (Heard{"bob "}));
    EXPECT_TRUE(others.empty()) << "another team learns nothing";
    EXPECT_TRUE(typed.empty()) << "who asked for some types has them only";
}

TEST_F(ObjectHints, WhereNobodyListensNothingIsDone) {
    EXPECT_FALSE(hints.add(ann));
    Heard heard;
    const auto id = listen(heard);
    EXPECT_FALSE(flush());
    EXPECT_TRUE(heard.empty()) << "what was before is not told";
    hub.unsubscribe(id);
    EXPECT_FALSE(hints.add(ann));
    flush();
    EXPECT_EQ(database.asked, 0);
}

TEST_F(ObjectHints, AskTheDatabaseForAStoresTeamOnceAndDropWhatIsNoStore) {
    Heard heard;
    listen(heard);
    const StoreId nobody = StoreId::from_bytes({1, 2, 3});
    for (int i = 0; i < 3; ++i) {
        hints.add(ann);
        flush();
    }
    EXPECT_EQ(database.asked, 1);
    hints.add(nobody);
    flush();
    EXPECT_EQ(heard.size(), 3U) << "anybody can make a label";
}

TEST_F(ObjectHints, OutliveADatabaseThatIsAway) {
    Heard heard;
    listen(heard);
    hints.add(ann);
    database.away = true;
    EXPECT_FALSE(hints.flush());
    database.away = false;
    EXPECT_TRUE(hints.flush());
    EXPECT_EQ(heard, (Heard{"ann "}));
}

TEST_F(ObjectHints, OneHintHasABound) {
    Heard heard;
    listen(heard);
    for (std::size_t i = 0; i <= app::ObjectHints::kMostStores; ++i) {
        hints.add(StoreId::from_bytes({static_cast<std::uint8_t>(i >> 8U), static_cast<std::uint8_t>(i)}));
    }
    EXPECT_TRUE(flush()) << "one is left";
    EXPECT_FALSE(flush());
}

TEST_F(ObjectHints, AListenerThatIsGoneIsForgotten) {
    Heard heard;
    listen(heard);
    stays = false;
    hints.add(ann);
    flush();
    EXPECT_EQ(hub.listeners(), 0U);
}

TEST_F(ObjectHints, WhoReadsAfterAHintGetsNothingFromBefore) {
    Heard heard;
    listen(heard);
    world.run_to_end(ann);
    app::ReadResources read(
        *world.database, world.cluster, [] { return std::chrono::steady_clock::time_point{}; },
        [this](const StoreId& id) { return hints.told(id); });
    const auto looks = [&] {
        EXPECT_TRUE(read.list(ann.str(), world.caller, {}));
        return world.cluster.count_of("resources");
    };
    const auto first = looks();
    EXPECT_EQ(looks(), first) << "within the second";
    hints.add(bob);
    flush();
    EXPECT_EQ(looks(), first) << "another store";
    hints.add(ann);
    flush();
    EXPECT_EQ(looks(), first + 1);
    EXPECT_EQ(looks(), first + 1);
}

}  // namespace
}  // namespace souk::usecases
