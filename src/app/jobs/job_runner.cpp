#include "app/jobs/job_runner.hpp"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

namespace souk::app {

using std::chrono::milliseconds;

namespace {

Error died(int attempts) {
    return {ErrorCode::Internal,
            "none of " + std::to_string(attempts) +
                " attempts came to a good end; soukd may have died in the last one, see its log",
            "WorkerDied",
            {}};
}

}  // namespace

JobRunner::JobRunner(Database& database, Signals& signals, const JobSettings& settings, std::string worker,
                     Handler handler, OnStalled on_stalled, std::function<double()> random)
    : database_(database),
      signals_(signals),
      settings_(settings),
      worker_(std::move(worker)),
      handler_(std::move(handler)),
      on_stalled_(std::move(on_stalled)),
      random_(std::move(random)) {}

bool JobRunner::run_one(std::stop_token stop) {
    std::optional<Job> job;
    {
        auto tx = database_.begin(Access::Write);
        if (!tx) {
            return false;
        }
        auto claimed = (*tx)->jobs().claim(worker_, settings_.lease);
        if (!claimed || !claimed->has_value()) {
            return false;
        }
        if (!(*tx)->commit("claim")) {
            return false;
        }
        job = std::move(*claimed);
    }
    if (job->attempt > settings_.max_attempts) {
        // Nobody wrote down how the last one ended: this job may be what kills its workers.
        record(*job, Retry{died(job->attempt - 1)});
        return true;
    }
    std::stop_source lost;
    const std::stop_callback forward_stop(stop, [&lost] { lost.request_stop(); });
    {
        const std::scoped_lock lock(mutex_);
        running_.insert_or_assign(job->lease.job.str(), Running{job->lease, job->store_id, lost});
    }
    const Outcome outcome = handler_(*job, lost.get_token());
    {
        const std::scoped_lock lock(mutex_);
        running_.erase(job->lease.job.str());
    }
    record(*job, outcome);
    return true;
}

void JobRunner::stop_running(const StoreId& store) {
    std::vector<std::stop_source> found;
    {
        const std::scoped_lock lock(mutex_);
        for (const auto& [id, running] : running_) {
            if (running.store == store) {
                found.push_back(running.stop);
            }
        }
    }
    for (std::stop_source& source : found) {
        source.request_stop();  // runs callbacks: never under the lock
    }
}

milliseconds JobRunner::backoff(int attempt) {
    // Full jitter: rand(0, min(cap, base * 2^n)).
    const int doublings = std::clamp(attempt - 1, 0, 20);
    const auto ceiling =
        std::min<std::int64_t>(settings_.backoff_cap.count(), settings_.backoff_base.count() << doublings);
    return milliseconds(static_cast<std::int64_t>(random_() * static_cast<double>(ceiling)));
}

void JobRunner::record(const Job& job, const Outcome& outcome) {
    auto tx = database_.begin(Access::Write);
    if (!tx) {
        return;  // the lease runs out and the job comes back: the same as a crash here
    }
    JobTable& jobs = (*tx)->jobs();
    Result<> written;
    bool stalled = false;
    if (std::holds_alternative<Done>(outcome)) {
        written = jobs.finish(job);
    } else if (const auto* snooze = std::get_if<Snooze>(&outcome)) {
        written = jobs.snooze(job, snooze->delay);
    } else if (std::holds_alternative<GiveBack>(outcome)) {
        written = jobs.give_back(job);
    } else {
        const Error& why = std::get<Retry>(outcome).why;
        stalled = job.attempt >= settings_.max_attempts;
        written = stalled ? jobs.stall(job, why.message).and_then([&] { return on_stalled_(**tx, job, why); })
                          : jobs.retry(job, backoff(job.attempt), why.message);
    }
    // A lost lease is another worker's job now: nothing to write.
    if (written && (*tx)->commit("job_outcome")) {
        if (stalled) {
            signals_.events_appended();
        }
        signals_.jobs_changed();
    }
}

int JobRunner::renew_leases() {
    std::vector<Running> held;
    {
        const std::scoped_lock lock(mutex_);
        for (const auto& [id, entry] : running_) {
            held.push_back(entry);
        }
    }
    if (held.empty()) {
        return 0;
    }
    auto tx = database_.begin(Access::Write);
    if (!tx) {
        return 0;  // tried again long before the lease ends
    }
    std::vector<std::stop_source> lost;
    for (const Running& running : held) {
        const auto renewed = (*tx)->jobs().renew(running.lease, settings_.lease);
        if (renewed && !*renewed) {
            lost.push_back(running.stop);
        }
    }
    if (!(*tx)->commit("renew")) {
        return 0;
    }
    // A turn that ended in the meantime is not harmed by a stop request nobody hears.
    for (std::stop_source& source : lost) {
        source.request_stop();
    }
    return static_cast<int>(lost.size());
}

int JobRunner::reap() {
    auto tx = database_.begin(Access::Write);
    if (!tx) {
        return 0;
    }
    const auto count = (*tx)->jobs().reap();
    if (!count || *count == 0 || !(*tx)->commit("reap")) {
        return 0;
    }
    signals_.jobs_changed();
    return static_cast<int>(*count);
}

}  // namespace souk::app
