#include "runtime/threads/signals.hpp"

#include <gtest/gtest.h>
#include <pthread.h>
#include <unistd.h>

#include <chrono>
#include <future>

namespace souk::runtime {
namespace {

// SIGUSR1 stands for SIGTERM, which test runners use themselves.

TEST(StopOnSignals, ASignalRequestsAStop) {
    std::promise<void> stopped;
    {
        StopOnSignals signals({SIGUSR1});
        const std::stop_callback on_stop(signals.token(), [&] { stopped.set_value(); });
        EXPECT_FALSE(signals.token().stop_requested());
        ::kill(::getpid(), SIGUSR1);
        EXPECT_EQ(stopped.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
        EXPECT_TRUE(signals.token().stop_requested());
    }
    sigset_t now;
    pthread_sigmask(SIG_SETMASK, nullptr, &now);
    EXPECT_EQ(sigismember(&now, SIGUSR1), 0) << "the mask was not restored";
}

TEST(StopOnSignalsDeathTest, ASecondSignalEndsTheProgram) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(
        {
            StopOnSignals signals({SIGUSR1});
            signals.request_stop();  // the first time
            ::kill(::getpid(), SIGUSR1);
            ::pause();
        },
        ::testing::ExitedWithCode(128 + SIGUSR1), "");
}

}  // namespace
}  // namespace souk::runtime
