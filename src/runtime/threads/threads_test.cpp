#include "runtime/threads/guarded.hpp"
#include "runtime/threads/notifier.hpp"
#include "runtime/threads/worker_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <latch>
#include <stdexcept>
#include <thread>

namespace souk::runtime {
namespace {

using namespace std::chrono_literals;

constexpr auto kNever = std::chrono::hours(1);

TEST(Guarded, ChangesFromManyThreadsAreNotLost) {
    Guarded<int> counter(0);
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&] {
                for (int i = 0; i < 1000; ++i) {
                    counter.with([](int& value) { ++value; });
                }
            });
        }
    }
    EXPECT_EQ(counter.copy(), 4000);
}

TEST(Notifier, ANotificationBeforeTheWaitIsNotLost) {
    Notifier notifier;
    auto seen = notifier.count();
    notifier.notify();
    EXPECT_EQ(notifier.wait(seen, kNever, {}), Notifier::Wake::Notified);
    EXPECT_EQ(notifier.wait(seen, 1ms, {}), Notifier::Wake::TimedOut);
}

TEST(Notifier, AStopEndsTheWait) {
    Notifier notifier;
    std::stop_source stop;
    auto seen = notifier.count();
    std::jthread stopper([&] { stop.request_stop(); });
    EXPECT_EQ(notifier.wait(seen, kNever, stop.get_token()), Notifier::Wake::Stopped);
}

TEST(WorkerPool, AWakeRunsATurnLongBeforeTheIdleTime) {
    std::atomic<int> turns{0};
    std::promise<void> first;
    std::promise<void> second;
    WorkerPool pool({.idle = kNever}, [&](const std::stop_token&) {
        const int turn = ++turns;
        if (turn == 1) {
            first.set_value();
        } else if (turn == 2) {
            second.set_value();
        }
        return false;
    });
    first.get_future().wait();
    pool.wake();
    EXPECT_EQ(second.get_future().wait_for(10s), std::future_status::ready);
}

TEST(WorkerPool, AWakeDuringATurnIsNotLost) {
    std::atomic<int> turns{0};
    std::promise<void> second;
    WorkerPool* self = nullptr;
    std::promise<void> ready;
    auto is_ready = ready.get_future().share();
    WorkerPool pool({.idle = kNever}, [&](const std::stop_token&) {
        is_ready.wait();
        if (++turns == 1) {
            self->wake();  // before this turn says that there was nothing to do
        } else {
            second.set_value();
        }
        return false;
    });
    self = &pool;
    ready.set_value();
    EXPECT_EQ(second.get_future().wait_for(10s), std::future_status::ready);
}

TEST(WorkerPool, TrueMeansThereIsMore) {
    std::atomic<int> left{100};
    std::promise<void> empty;
    WorkerPool pool({.idle = kNever}, [&](const std::stop_token&) {
        if (--left > 0) {
            return true;
        }
        empty.set_value();
        return false;
    });
    EXPECT_EQ(empty.get_future().wait_for(10s), std::future_status::ready);
}

TEST(WorkerPool, TurnsRunAtTheSameTime) {
    std::latch together(3);
    WorkerPool pool({.threads = 3, .idle = kNever}, [&](const std::stop_token&) {
        together.arrive_and_wait();
        return false;
    });
    together.wait();
    pool.stop();
}

TEST(WorkerPool, StopReachesATurnThatWaits) {
    std::promise<void> inside;
    std::atomic<bool> left{false};
    {
        WorkerPool pool({.idle = kNever}, [&](const std::stop_token& stop) {
            inside.set_value();
            Notifier never;
            std::uint64_t seen = 0;
            left = never.wait(seen, kNever, stop) == Notifier::Wake::Stopped;
            return true;
        });
        inside.get_future().wait();
    }
    EXPECT_TRUE(left);
}

TEST(WorkerPool, AnExceptionIsReportedAndTheThreadGoesOn) {
    std::promise<std::string> escaped;
    std::promise<void> again;
    std::atomic<int> turns{0};
    WorkerPool pool(
        {.idle = 1ms, .on_escape = [&](std::string_view what) { escaped.set_value(std::string(what)); }},
        [&](const std::stop_token&) -> bool {
            const int turn = ++turns;
            if (turn == 1) {
                throw std::runtime_error("a bug");
            }
            if (turn == 2) {
                again.set_value();
            }
            return false;
        });
    EXPECT_EQ(escaped.get_future().get(), "a bug");
    EXPECT_EQ(again.get_future().wait_for(10s), std::future_status::ready);
}

}  // namespace
}  // namespace souk::runtime
