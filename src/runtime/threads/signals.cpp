#include "runtime/threads/signals.hpp"

#include <pthread.h>

#include <cerrno>
#include <cstdlib>
#include <ctime>

namespace souk::runtime {
namespace {

/// How long the end of the object may take; the price is this many wake-ups.
constexpr long kPollNanoseconds = 200'000'000;

}  // namespace

StopOnSignals::StopOnSignals(std::initializer_list<int> signals) {
    sigemptyset(&signals_);
    for (const int signal : signals) {
        sigaddset(&signals_, signal);
    }
    pthread_sigmask(SIG_BLOCK, &signals_, &before_);
    thread_ = std::jthread([this](const std::stop_token& quit) { loop(quit); });
}

StopOnSignals::~StopOnSignals() {
    thread_.request_stop();
    thread_.join();
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void StopOnSignals::loop(const std::stop_token& quit) {
    pthread_setname_np(pthread_self(), "signals");
    const timespec at_most{.tv_sec = 0, .tv_nsec = kPollNanoseconds};
    while (!quit.stop_requested()) {
        const int signal = sigtimedwait(&signals_, nullptr, &at_most);
        if (signal > 0 && !source_.request_stop()) {
            std::_Exit(128 + signal);  // asked twice: whoever asks does not want to wait
        }
    }
}

}  // namespace souk::runtime
