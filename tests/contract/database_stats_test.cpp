#include "database_fixture.hpp"

namespace souk::test {
namespace {

/// What /stats and /usage stand on.
class StatsContract : public DatabaseContract {
protected:
    void add(unsigned n, const std::string& engine, Phase phase, std::int64_t admitted, std::int64_t ready,
             const std::string& team = "default") {
        Store store = make_store(n, {}, team);
        store.engine = engine;
        store.phase = phase;
        store.admitted = from_micros(admitted);
        if (ready > 0) {
            store.first_ready = from_micros(ready);
        }
        add_store(store);
    }
    void add_ended(unsigned n, unsigned store, OperationState state, std::int64_t ended,
                   const std::string& reason = {}) {
        Operation operation = make_operation(n, id_of<StoreId>(store));
        operation.state = state;
        operation.ended = from_micros(ended);
        operation.steps[0].started = from_micros(ended - 5);
        operation.steps[0].ended = from_micros(ended - 2);
        if (!reason.empty()) {
            operation.error = Failure{reason, "why"};
        }
        committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.operations().insert(operation)); });
    }
};
INSTANTIATE_TEST_SUITE_P(Databases, StatsContract, testing::Values("SqliteFile", "SqliteMemory"),
                         [](const auto& instance) { return instance.param; });

TEST_P(StatsContract, LivingStoresAreCountedByEnginePhaseAndPlan) {
    add(1, "medusa", Phase::Ready, 1, 2);
    add(2, "medusa", Phase::Ready, 1, 2);
    add(3, "medusa", Phase::Failed, 1, 0);
    add(4, "tiny", Phase::Deleted, 1, 2);
    add(5, "tiny", Phase::Ready, 1, 2, "other");
    const auto counts = read()->stats().count_living("default").value();
    ASSERT_EQ(counts.size(), 2U);
    EXPECT_EQ(counts[0].phase, Phase::Failed);
    EXPECT_EQ(counts[1].phase, Phase::Ready);
    EXPECT_EQ(counts[1].count, 2);
    EXPECT_EQ(counts[1].engine, "medusa");
    EXPECT_EQ(counts[1].plan, "starter");
}

TEST_P(StatsContract, CreationsAreNewestFirstWithTheirTimeAndOutliveTheirStore) {
    add(1, "medusa", Phase::Ready, 100, 130);
    add(2, "tiny", Phase::Deleted, 100, 150);
    add(3, "tiny", Phase::Ready, 10, 90);
    add(4, "tiny", Phase::Provisioning, 100, 0);
    add(5, "tiny", Phase::Ready, 100, 140, "other");
    const auto creations = read()->stats().creations_since("default", from_micros(100)).value();
    ASSERT_EQ(creations.size(), 2U);
    EXPECT_EQ(creations[0].store, id_of<StoreId>(2));
    EXPECT_EQ(creations[0].ready, from_micros(150));
    EXPECT_EQ(creations[1].engine, "medusa");
    EXPECT_EQ(creations[1].took, std::chrono::microseconds(30));
}

TEST_P(StatsContract, FailuresAreCountedByReasonAndStepsAreThoseOfTheCreation) {
    add(1, "medusa", Phase::Ready, 1, 2);
    add(2, "tiny", Phase::Failed, 1, 0);
    add_ended(1, 1, OperationState::Failed, 100, "SetupFailed");
    add_ended(2, 2, OperationState::Failed, 100, "SetupFailed");
    add_ended(3, 2, OperationState::Failed, 200, "SetupFailed");
    add_ended(4, 2, OperationState::Failed, 50, "Timeout");
    add_ended(5, 1, OperationState::Succeeded, 300);
    const auto failures = read()->stats().count_failures("default", from_micros(100)).value();
    ASSERT_EQ(failures.size(), 2U);
    EXPECT_EQ(failures[0].engine, "tiny");
    EXPECT_EQ(failures[0].count, 2);
    EXPECT_EQ(failures[1].reason, "SetupFailed");
    EXPECT_TRUE(read()->stats().count_failures("other", from_micros(0)).value().empty());
    const auto steps = read()->stats().creation_steps(id_of<StoreId>(1)).value();
    ASSERT_EQ(steps.size(), 10U);
    EXPECT_EQ(steps[0].ended, from_micros(298));
    EXPECT_TRUE(read()->stats().creation_steps(id_of<StoreId>(2)).value().empty()) << "none ended well";
}

TEST_P(StatsContract, SamplesComeOldestFirstAndThinned) {
    add(1, "tiny", Phase::Ready, 1, 2);
    add(2, "tiny", Phase::Ready, 1, 2);
    constexpr std::int64_t round = 300'000'000;
    committed([&](app::Transaction& tx) {
        for (int n = 0; n < 100; ++n) {
            for (const unsigned store : {1U, 2U}) {
                if (store == 1 || n % 2 == 0) {
                    ASSERT_TRUE(tx.usage().add(id_of<StoreId>(store),
                                               {from_micros(n * round), 10 * n + store, 2, 3, 1}));
                }
            }
        }
    });
    const auto tx = read();
    const auto list = [&](unsigned store, std::int64_t since, std::int64_t until, int most) {
        return tx->usage().list(id_of<StoreId>(store), from_micros(since), from_micros(until), most).value();
    };
    const auto all = list(1, 0, 100 * round, 500);
    ASSERT_EQ(all.size(), 100U);
    EXPECT_EQ(all[7], (UsageSample{from_micros(7 * round), 71, 2, 3, 1}));
    EXPECT_EQ(list(1, 10 * round, 20 * round, 500).size(), 10U);
    const auto thin = list(1, 0, 100 * round, 11);
    EXPECT_EQ(thin.size(), 10U) << "every tenth";
    EXPECT_EQ(thin[1].time, from_micros(10 * round));
    EXPECT_EQ(list(2, 0, 100 * round, 500).size(), 50U);
    EXPECT_TRUE(list(3, 0, 100 * round, 500).empty());
    EXPECT_TRUE(list(1, 200 * round, 300 * round, 500).empty());
}

TEST_P(StatsContract, TheNewestRoundIsSummedAndOldOnesGo) {
    add(1, "tiny", Phase::Ready, 1, 2);
    add(2, "tiny", Phase::Ready, 1, 2);
    add(3, "tiny", Phase::Ready, 1, 2, "other");
    EXPECT_FALSE(read()->usage().newest_sum("default", from_micros(0)).value());
    committed([&](app::Transaction& tx) {
        for (const unsigned store : {1U, 2U, 3U}) {
            ASSERT_TRUE(tx.usage().add(id_of<StoreId>(store), {from_micros(10), 1, 1, 1, 1}));
            ASSERT_TRUE(tx.usage().add(id_of<StoreId>(store), {from_micros(20), 100, 20, 3, 4}));
        }
    });
    const auto sum = read()->usage().newest_sum("default", from_micros(0)).value();
    ASSERT_TRUE(sum);
    EXPECT_EQ(*sum, (UsageSample{from_micros(20), 200, 40, 6, 8}));
    EXPECT_FALSE(read()->usage().newest_sum("default", from_micros(21)).value()) << "too old to be said";
    committed([&](app::Transaction& tx) {
        EXPECT_EQ(tx.usage().remove_older_than(from_micros(20), 2).value(), 2) << "as many as asked for";
        EXPECT_EQ(tx.usage().remove_older_than(from_micros(20), 9).value(), 1);
        EXPECT_EQ(tx.usage().remove_older_than(from_micros(20), 9).value(), 0);
    });
}

}  // namespace
}  // namespace souk::test
