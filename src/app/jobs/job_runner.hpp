#pragma once

#include "app/ports/database.hpp"
#include "app/ports/signals.hpp"
#include "core/job/job.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>

namespace souk::app {

struct JobSettings {
    std::chrono::milliseconds lease{30'000};
    std::chrono::milliseconds backoff_base{2'000};
    std::chrono::milliseconds backoff_cap{300'000};
    int max_attempts = 20;  // then the job is stalled and a person is asked; a lost worker is one, too
};

/// Claims one job, runs one turn, records its outcome. The three calls are made by threads of the daemon:
/// `run_one` by each worker, `renew_leases` every third of a lease, `reap` every few seconds. Thread-safe.
class JobRunner {
public:
    using Handler = std::function<Outcome(const Job&, std::stop_token)>;
    /// `on_stalled` tells the store's reader that a person is needed, in the transaction that stalls the job.
    /// `random` gives [0, 1).
    using OnStalled = std::function<Result<>(Transaction&, const Job&, const Error&)>;

    JobRunner(Database& database, Signals& signals, const JobSettings& settings, std::string worker,
              Handler handler, OnStalled on_stalled, std::function<double()> random);

    /// False: nothing was due. A job whose attempts are used up is stalled and not handled.
    bool run_one(std::stop_token stop);
    /// Renews what this process holds; a turn whose lease is lost is asked to stop at once. How many were
    /// lost.
    int renew_leases();
    /// Asks the turn that runs here for this store, if any, to stop: its job is given back and looks again at
    /// what is wanted.
    void stop_running(const StoreId& store);
    /// Gives expired leases of anybody back to the queue. How many.
    int reap();

private:
    void record(const Job& job, const Outcome& outcome);
    std::chrono::milliseconds backoff(int attempt);

    Database& database_;
    Signals& signals_;
    JobSettings settings_;
    std::string worker_;
    Handler handler_;
    OnStalled on_stalled_;
    std::function<double()> random_;
    struct Running {
        Lease lease;
        StoreId store;
        std::stop_source stop;
    };
    std::mutex mutex_;                        // guards running_
    std::map<std::string, Running> running_;  // by job id
};

}  // namespace souk::app
