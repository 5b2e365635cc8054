#pragma once

#include <csignal>
#include <functional>
#include <initializer_list>
#include <stop_token>
#include <thread>

namespace souk::runtime {

/// Turns SIGTERM and SIGINT into a stop request. Make it first in main: it blocks the signals in the calling
/// thread, and threads started later inherit that. A second signal ends the process at once (status 128 +
/// number).
class StopOnSignals {
public:
    StopOnSignals() : StopOnSignals({SIGTERM, SIGINT}) {}
    explicit StopOnSignals(std::initializer_list<int> signals);
    ~StopOnSignals();  // restores the signal mask of the calling thread
    StopOnSignals(const StopOnSignals&) = delete;
    StopOnSignals& operator=(const StopOnSignals&) = delete;

    std::stop_token token() const { return source_.get_token(); }
    /// The same as a signal, from inside.
    void request_stop() { source_.request_stop(); }

private:
    void loop(const std::stop_token& quit);

    sigset_t signals_{};
    sigset_t before_{};
    std::stop_source source_;
    std::jthread thread_;  // last member
};

}  // namespace souk::runtime
