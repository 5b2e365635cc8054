#include "database_fixture.hpp"

#include <set>
#include <thread>

namespace souk::test {
namespace {

class JobContract : public DatabaseContract {};
INSTANTIATE_TEST_SUITE_P(Databases, JobContract, testing::Values("SqliteFile", "SqliteMemory"),
                         [](const auto& instance) { return instance.param; });

TEST_P(JobContract, AStoreHasOneLivingJobPerKind) {
    add_store_with_job(1);
    const auto tx = write();
    const auto again = tx->jobs().enqueue(id_of<JobId>(2), kStoreReconcile, id_of<StoreId>(1));
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::Conflict);
    EXPECT_EQ(again.error().reason, "JobExists");
    EXPECT_TRUE(tx->jobs().enqueue(id_of<JobId>(2), "store.backup", id_of<StoreId>(1)));
}

TEST_P(JobContract, AJobOfAnUnknownStoreIsNotFound) {
    const auto queued = write()->jobs().enqueue(id_of<JobId>(1), kStoreReconcile, id_of<StoreId>(1));
    ASSERT_FALSE(queued);
    EXPECT_EQ(queued.error().code, ErrorCode::NotFound);
}

TEST_P(JobContract, ClaimRaisesAttemptAndEpochAndSetsTheLease) {
    EXPECT_FALSE(claim());
    add_store_with_job(1);
    const auto job = claim(30s);
    ASSERT_TRUE(job);
    EXPECT_EQ(job->lease.job, id_of<JobId>(1));
    EXPECT_EQ(job->lease.epoch, 1);
    EXPECT_EQ(job->kind, kStoreReconcile);
    EXPECT_EQ(job->store_id, id_of<StoreId>(1));
    EXPECT_EQ(job->attempt, 1);
    EXPECT_EQ(job->wake_seq, 0);
    const auto left = job->lease_until - read()->now();
    EXPECT_GT(left, 20s);
    EXPECT_LE(left, 30s);
    EXPECT_FALSE(claim()) << "a running job is not claimed twice";
}

TEST_P(JobContract, JobsAreClaimedInOrderOfTheirDueTimeThenId) {
    add_store_with_job(3);
    advance(1s);
    add_store(make_store(1));
    add_store(make_store(2));
    committed([&](app::Transaction& tx) {  // due in the same microsecond
        ASSERT_TRUE(tx.jobs().enqueue(id_of<JobId>(2), kStoreReconcile, id_of<StoreId>(2)));
        ASSERT_TRUE(tx.jobs().enqueue(id_of<JobId>(1), kStoreReconcile, id_of<StoreId>(1)));
    });
    EXPECT_EQ(claim()->lease.job, id_of<JobId>(3));
    EXPECT_EQ(claim()->lease.job, id_of<JobId>(1));
    EXPECT_EQ(claim()->lease.job, id_of<JobId>(2));
    EXPECT_FALSE(claim());
}

TEST_P(JobContract, WhatAPersonAskedForGoesBeforeRoutine) {
    add_store_with_job(1);
    add_store_with_job(2);
    for (int i = 0; i < 2; ++i) {
        const auto job = claim();
        committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.jobs().snooze(*job, 1min)); });
    }
    advance(2min);  // both sweeps are due, the first one longer
    committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.jobs().wake(id_of<StoreId>(2), true).value()); });
    EXPECT_EQ(claim()->lease.job, id_of<JobId>(2));
    EXPECT_EQ(claim()->lease.job, id_of<JobId>(1));
}

TEST_P(JobContract, AStoreHasOneRunningJob) {
    add_store_with_job(1);
    committed([&](app::Transaction& tx) {
        ASSERT_TRUE(tx.jobs().enqueue(id_of<JobId>(2), "store.backup", id_of<StoreId>(1)));
    });
    const auto first = claim();
    ASSERT_TRUE(first);
    EXPECT_FALSE(claim());
    committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.jobs().snooze(*first, 1min)); });
    EXPECT_EQ(claim()->lease.job, id_of<JobId>(2));
}

TEST_P(JobContract, ASnoozeGivesTheAttemptBackAndIsDueAfterItsDelay) {
    add_store_with_job(1);
    const auto job = claim();
    committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.jobs().snooze(*job, 10s)); });
    EXPECT_FALSE(claim());
    advance(5s);
    EXPECT_FALSE(claim());
    advance(6s);
    const auto again = claim();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->attempt, 1);
    EXPECT_EQ(again->lease.epoch, 2);
}

TEST_P(JobContract, ASnoozeForgetsEarlierFailures) {
    add_store_with_job(1);
    for (int failure = 0; failure < 3; ++failure) {
        const auto failed = claim();
        ASSERT_TRUE(failed);
        EXPECT_EQ(failed->attempt, failure + 1);
        committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.jobs().retry(*failed, 0ms, "no")); });
    }
    const auto good = claim();
    ASSERT_TRUE(good);
    committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.jobs().snooze(*good, 0ms)); });
    const auto again = claim();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->attempt, 1) << "a turn that ends well breaks the row of failures";
}

TEST_P(JobContract, AWakeDuringTheTurnMakesTheSnoozeReadyNow) {
    add_store_with_job(1);
    const auto job = claim();
    committed([&](app::Transaction& tx) { EXPECT_TRUE(tx.jobs().wake(id_of<StoreId>(1), false).value()); });
    EXPECT_FALSE(claim()) << "it is still running";
    committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.jobs().snooze(*job, 10min)); });
    const auto again = claim();
    ASSERT_TRUE(again) << "the wake was lost";
    EXPECT_EQ(again->wake_seq, 1);
    committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.jobs().snooze(*again, 10min)); });
    EXPECT_FALSE(claim()) << "one wake, one turn";
}

TEST_P(JobContract, AWakeEndsASnooze) {
    add_store_with_job(1);
    const auto job = claim();
    committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.jobs().snooze(*job, 10min)); });
    committed([&](app::Transaction& tx) { EXPECT_TRUE(tx.jobs().wake(id_of<StoreId>(1), false).value()); });
    EXPECT_TRUE(claim());
}

TEST_P(JobContract, AWakeOfAReadyJobIsSeenByTheNextTurn) {
    add_store_with_job(1);
    committed([&](app::Transaction& tx) { EXPECT_TRUE(tx.jobs().wake(id_of<StoreId>(1), false).value()); });
    EXPECT_EQ(claim()->wake_seq, 1);
}

TEST_P(JobContract, AWakeWithoutALivingJobIsFalse) {
    committed([&](app::Transaction& tx) { EXPECT_FALSE(tx.jobs().wake(id_of<StoreId>(1), true).value()); });
    add_store_with_job(1);
    const auto job = claim();
    committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.jobs().finish(*job)); });
    committed([&](app::Transaction& tx) { EXPECT_FALSE(tx.jobs().wake(id_of<StoreId>(1), true).value()); });
    EXPECT_FALSE(claim());
    committed([&](app::Transaction& tx) {
        EXPECT_TRUE(tx.jobs().enqueue(id_of<JobId>(2), kStoreReconcile, id_of<StoreId>(1)))
            << "a done job is in nobody's way";
    });
}

TEST_P(JobContract, ARetryKeepsTheAttemptAndBacksOffButAPersonNeedNotWait) {
    add_store_with_job(1);
    auto job = claim();
    committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.jobs().retry(*job, 1min, "the cluster is away")); });
    EXPECT_FALSE(claim());
    committed([&](app::Transaction& tx) { EXPECT_TRUE(tx.jobs().wake(id_of<StoreId>(1), false).value()); });
    EXPECT_FALSE(claim()) << "an event does not shorten the back-off";
    advance(61s);
    job = claim();
    ASSERT_TRUE(job);
    EXPECT_EQ(job->attempt, 2);
    committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.jobs().retry(*job, 1h, "again")); });
    committed([&](app::Transaction& tx) { EXPECT_TRUE(tx.jobs().wake(id_of<StoreId>(1), true).value()); });
    job = claim();
    ASSERT_TRUE(job);
    EXPECT_EQ(job->attempt, 1) << "a person's wake forgets the attempts";
}

TEST_P(JobContract, AStalledJobWaitsForAPerson) {
    add_store_with_job(1);
    const auto job = claim();
    committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.jobs().stall(*job, "five attempts")); });
    committed([&](app::Transaction& tx) { EXPECT_TRUE(tx.jobs().wake(id_of<StoreId>(1), false).value()); });
    advance(24h);
    EXPECT_FALSE(claim());
    committed([&](app::Transaction& tx) { EXPECT_TRUE(tx.jobs().wake(id_of<StoreId>(1), true).value()); });
    const auto again = claim();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->attempt, 1);
}

TEST_P(JobContract, APersonsWakeDuringTheLastAttemptIsNotLostInTheStall) {
    add_store_with_job(1);
    const auto job = claim();
    committed([&](app::Transaction& tx) { EXPECT_TRUE(tx.jobs().wake(id_of<StoreId>(1), true).value()); });
    committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.jobs().stall(*job, "five attempts")); });
    const auto again = claim();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->attempt, 1);
}

TEST_P(JobContract, AWakeIsUsedUpByTheTurnThatSawIt) {
    add_store_with_job(1);
    committed([&](app::Transaction& tx) { EXPECT_TRUE(tx.jobs().wake(id_of<StoreId>(1), true).value()); });
    const auto job = claim();
    committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.jobs().stall(*job, "five attempts")); });
    EXPECT_FALSE(claim()) << "the wake came before this turn";
}

TEST_P(JobContract, GivingBackIsReadyAtOnceAndCountsNoAttempt) {
    add_store_with_job(1);
    const auto job = claim();
    committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.jobs().give_back(*job)); });
    const auto again = claim();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->attempt, 1);
    EXPECT_EQ(again->lease.epoch, 2);
}

TEST_P(JobContract, AnExpiredLeaseIsReapedAndTheAttemptCounts) {
    add_store_with_job(1);
    const auto ghost = claim(30s);
    committed([&](app::Transaction& tx) { EXPECT_EQ(tx.jobs().reap().value(), 0); });
    advance(31s);
    committed([&](app::Transaction& tx) { EXPECT_EQ(tx.jobs().reap().value(), 1); });
    committed([&](app::Transaction& tx) {
        EXPECT_FALSE(tx.jobs().renew(ghost->lease, 30s).value()) << "reaped, though nobody has taken it yet";
    });
    const auto job = claim();
    ASSERT_TRUE(job);
    EXPECT_EQ(job->attempt, 2);
    EXPECT_EQ(job->lease.epoch, 2);
}

TEST_P(JobContract, ARenewedLeaseIsNotReaped) {
    add_store_with_job(1);
    const auto job = claim(30s);
    advance(20s);
    committed([&](app::Transaction& tx) { EXPECT_TRUE(tx.jobs().renew(job->lease, 30s).value()); });
    advance(20s);
    committed([&](app::Transaction& tx) { EXPECT_EQ(tx.jobs().reap().value(), 0); });
    committed([&](app::Transaction& tx) { EXPECT_TRUE(tx.jobs().finish(*job)); });
}

TEST_P(JobContract, OnlyTheHolderOfALeasePassesTheFence) {
    add_store_with_job(1);
    const auto ghost = claim(30s);
    committed([&](app::Transaction& tx) { EXPECT_TRUE(tx.jobs().require(ghost->lease)); });
    advance(31s);
    committed([&](app::Transaction& tx) { ASSERT_EQ(tx.jobs().reap().value(), 1); });
    committed([&](app::Transaction& tx) {
        const auto refused = tx.jobs().require(ghost->lease);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().reason, "LeaseLost");
    });
}

TEST_P(JobContract, AGhostCanEndNothing) {
    add_store_with_job(1);
    const auto ghost = claim(30s);
    advance(31s);
    committed([&](app::Transaction& tx) { ASSERT_EQ(tx.jobs().reap().value(), 1); });
    for (const bool taken : {false, true}) {
        if (taken) {
            ASSERT_TRUE(claim());
        }
        const auto tx = write();
        for (const Result<>& ended :
             {tx->jobs().finish(*ghost), tx->jobs().snooze(*ghost, 1s), tx->jobs().retry(*ghost, 1s, "x"),
              tx->jobs().give_back(*ghost), tx->jobs().stall(*ghost, "x")}) {
            ASSERT_FALSE(ended);
            EXPECT_EQ(ended.error().code, ErrorCode::Conflict);
            EXPECT_EQ(ended.error().reason, "LeaseLost");
        }
    }
}

TEST_P(JobContract, CountsAndAgesAreThoseOfTheQueue) {
    EXPECT_EQ(read()->jobs().oldest_ready().value(), 0ms);
    add_store_with_job(1);
    advance(10s);
    add_store_with_job(2);
    EXPECT_GE(read()->jobs().oldest_ready().value(), 10s);
    const auto job = claim();
    EXPECT_LT(read()->jobs().oldest_ready().value(), 10s);
    const auto counts = read()->jobs().count_by_kind_and_state().value();
    ASSERT_EQ(counts.size(), 2U);
    EXPECT_EQ(counts[0].kind, kStoreReconcile);
    EXPECT_EQ(counts[0].state, JobState::Ready);
    EXPECT_EQ(counts[0].count, 1);
    EXPECT_EQ(counts[1].state, JobState::Running);
}

TEST_P(JobContract, ThreadsNeverGetTheSameJob) {
    constexpr unsigned jobs = 60;
    for (unsigned n = 1; n <= jobs; ++n) {
        add_store_with_job(n);
    }
    std::mutex mutex;
    std::multiset<std::string> seen;
    const auto work = [&] {
        for (;;) {
            auto tx = database().begin(app::Access::Write);
            ASSERT_TRUE(tx);
            const auto job = (*tx)->jobs().claim("worker", 30s);
            ASSERT_TRUE(job);
            ASSERT_TRUE((*tx)->commit("claim"));
            if (!*job) {
                return;
            }
            const std::scoped_lock lock(mutex);
            seen.insert((*job)->lease.job.str());
        }
    };
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back(work);
        }
    }
    EXPECT_EQ(seen.size(), jobs);
    EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), jobs);
}

}  // namespace
}  // namespace souk::test
