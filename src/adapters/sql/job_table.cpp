#include "adapters/sql/job_table.hpp"

#include <algorithm>
#include <array>

namespace souk::sql {
namespace {

// "$1 = now" in all of them. The numbers 10 (a person waits) and 100 (routine) are the priorities.

constexpr std::string_view kEnqueue =
    "INSERT INTO jobs (id, kind, store_id, cluster, team, state, priority, run_at, attempt, wake_seq, asked, "
    "lease_epoch, last_error, "
    "created) SELECT $2, $3, id, cluster, team, 'ready', 10, $1, 0, 0, 0, 0, '', $1 FROM stores WHERE id = "
    "$4";

constexpr std::string_view kPromote =
    "UPDATE jobs SET state = 'ready' WHERE state = 'snoozed' AND run_at <= $1";

// One writer at a time, so nothing need be locked or skipped. The condition on the other jobs of the store
// keeps the claim away from the unique index jobs_one_running.
constexpr std::string_view kClaim =
    "UPDATE jobs SET state = 'running', attempt = attempt + 1, asked = 0, lease_epoch = lease_epoch + 1, "
    "lease_until = $2, "
    "worker = $3 WHERE id = (SELECT due.id FROM jobs AS due WHERE due.state = 'ready' AND due.run_at <= $1 "
    "AND NOT EXISTS (SELECT 1 "
    "FROM jobs AS other WHERE other.store_id = due.store_id AND other.state = 'running') ORDER BY "
    "due.priority, due.run_at, due.id "
    "LIMIT 1) RETURNING id, lease_epoch, kind, store_id, attempt, wake_seq, lease_until";

// Touches the row without changing it, so that a rival's claim waits for this transaction.
constexpr std::string_view kRequire =
    "UPDATE jobs SET lease_epoch = lease_epoch WHERE id = $1 AND lease_epoch = $2 AND state = 'running'";

constexpr std::string_view kRenew =
    "UPDATE jobs SET lease_until = $1 WHERE id = $2 AND lease_epoch = $3 AND state = 'running'";

// How a turn ends: $1 now, $2 job, $3 epoch. An attempt that is given back never goes under zero: a person
// may have reset it.
constexpr std::string_view kFinish =
    "UPDATE jobs SET state = 'done', ended = $1, lease_until = NULL, worker = NULL, last_error = '' "
    "WHERE id = $2 AND lease_epoch = $3 AND state = 'running'";

constexpr std::string_view kSnooze =
    "UPDATE jobs SET state = CASE WHEN wake_seq > $4 THEN 'ready' ELSE 'snoozed' END, "
    "run_at = CASE WHEN wake_seq > $4 THEN $1 ELSE $5 END, priority = CASE WHEN asked = 1 THEN 10 ELSE 100 "
    "END, "
    "attempt = 0, lease_until = NULL, worker = NULL, "
    "last_error = '' "
    "WHERE id = $2 AND lease_epoch = $3 AND state = 'running'";

constexpr std::string_view kRetry =
    "UPDATE jobs SET state = 'ready', run_at = CASE WHEN asked = 1 THEN $1 ELSE $4 END, last_error = $5, "
    "lease_until = NULL, "
    "worker = NULL WHERE id = $2 AND lease_epoch = $3 AND state = 'running'";

constexpr std::string_view kGiveBack =
    "UPDATE jobs SET state = 'ready', run_at = $1, attempt = CASE WHEN attempt > 0 THEN attempt - 1 ELSE 0 "
    "END, lease_until = NULL, "
    "worker = NULL WHERE id = $2 AND lease_epoch = $3 AND state = 'running'";

constexpr std::string_view kStall =
    "UPDATE jobs SET state = CASE WHEN asked = 1 THEN 'ready' ELSE 'stalled' END, run_at = $1, last_error = "
    "$4, lease_until = NULL, "
    "worker = NULL WHERE id = $2 AND lease_epoch = $3 AND state = 'running'";

constexpr std::string_view kWake =
    "UPDATE jobs SET wake_seq = wake_seq + 1, run_at = CASE WHEN state = 'snoozed' AND run_at > $1 THEN $1 "
    "ELSE run_at END, "
    "state = CASE WHEN state = 'snoozed' THEN 'ready' ELSE state END WHERE store_id = $2 AND state <> 'done'";

// A person also ends a stall and the wait of a retry. On a running job `asked` and the attempts speak when
// the turn ends.
constexpr std::string_view kWakeByPerson =
    "UPDATE jobs SET wake_seq = wake_seq + 1, asked = 1, attempt = 0, priority = 10, run_at = CASE WHEN "
    "run_at > $1 THEN $1 ELSE run_at "
    "END, state = CASE WHEN state IN ('snoozed', 'stalled') THEN 'ready' ELSE state END WHERE store_id = $2 "
    "AND state <> 'done'";

constexpr std::string_view kReap =
    "UPDATE jobs SET state = 'ready', run_at = $1, lease_until = NULL, worker = NULL, last_error = 'the "
    "lease expired' "
    "WHERE state = 'running' AND lease_until <= $1";

constexpr std::string_view kOldestReady = "SELECT min(run_at) FROM jobs WHERE state = 'ready'";

Result<Job> read_job(Reader& row) {
    auto id = JobId::parse(row.text());
    if (!id) {
        return fail(ErrorCode::Internal, "a job in the database has an id that this version cannot read",
                    "UnreadableRow");
    }
    const std::int64_t epoch = row.integer();
    std::string kind = row.text();
    auto store = StoreId::parse(row.text());
    if (!store) {
        return fail(ErrorCode::Internal, "a job in the database has a store that this version cannot read",
                    "UnreadableRow");
    }
    Job job{.lease = {std::move(*id), epoch}, .kind = std::move(kind), .store_id = std::move(*store)};
    job.attempt = row.small();
    job.wake_seq = row.integer();
    job.lease_until = row.time();
    return job;
}

/// A turn's end changes exactly one row, or the lease is lost.
Result<> ended(const Result<std::int64_t>& changed) {
    if (!changed) {
        return forward(changed);
    }
    if (*changed == 0) {
        return fail(ErrorCode::Conflict, "the lease on this job is lost", "LeaseLost");
    }
    return {};
}

Result<std::optional<Timestamp>> read_maybe_time(Reader& row) { return row.maybe_time(); }

}  // namespace

Timestamp SqlJobTable::after(std::chrono::milliseconds delay) const {
    return session_.now + std::max(delay, std::chrono::milliseconds(0));
}

Result<> SqlJobTable::enqueue(const JobId& id, std::string_view kind, const StoreId& store) {
    const auto inserted = session_.connection.execute(kEnqueue, {session_.now, id.str(), kind, store.str()});
    if (!inserted) {
        return forward(inserted);
    }
    if (*inserted == 0) {
        return fail(ErrorCode::NotFound, "there is no such store");
    }
    return {};
}

Result<std::optional<Job>> SqlJobTable::claim(std::string_view worker, std::chrono::milliseconds lease) {
    if (const auto promoted = session_.connection.execute(kPromote, {session_.now}); !promoted) {
        return forward(promoted);
    }
    return fetch_one(session_.connection, kClaim, {session_.now, after(lease), worker}, read_job);
}

Result<bool> SqlJobTable::renew(const Lease& lease, std::chrono::milliseconds duration) {
    const auto changed = session_.connection.execute(kRenew, {after(duration), lease.job.str(), lease.epoch});
    if (!changed) {
        return forward(changed);
    }
    return *changed > 0;
}

Result<> SqlJobTable::require(const Lease& lease) {
    return ended(session_.connection.execute(kRequire, {lease.job.str(), lease.epoch}));
}

Result<> SqlJobTable::finish(const Job& job) {
    return ended(session_.connection.execute(kFinish, {session_.now, job.lease.job.str(), job.lease.epoch}));
}

Result<> SqlJobTable::snooze(const Job& job, std::chrono::milliseconds delay) {
    return ended(session_.connection.execute(
        kSnooze, {session_.now, job.lease.job.str(), job.lease.epoch, job.wake_seq, after(delay)}));
}

Result<> SqlJobTable::retry(const Job& job, std::chrono::milliseconds delay, std::string_view error) {
    return ended(session_.connection.execute(
        kRetry, {session_.now, job.lease.job.str(), job.lease.epoch, after(delay), error}));
}

Result<> SqlJobTable::give_back(const Job& job) {
    return ended(
        session_.connection.execute(kGiveBack, {session_.now, job.lease.job.str(), job.lease.epoch}));
}

Result<> SqlJobTable::stall(const Job& job, std::string_view error) {
    return ended(
        session_.connection.execute(kStall, {session_.now, job.lease.job.str(), job.lease.epoch, error}));
}

Result<bool> SqlJobTable::wake(const StoreId& store, bool person) {
    const auto changed =
        session_.connection.execute(person ? kWakeByPerson : kWake, {session_.now, store.str()});
    if (!changed) {
        return forward(changed);
    }
    return *changed > 0;
}

Result<int> SqlJobTable::reap() {
    const auto changed = session_.connection.execute(kReap, {session_.now});
    if (!changed) {
        return forward(changed);
    }
    return static_cast<int>(*changed);
}

Result<int> SqlJobTable::remove_ended_before(Timestamp time, int limit) {
    return as_count(session_.connection.execute(
        "DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE state = 'done' AND ended < $1 "
        "ORDER BY ended LIMIT $2)",
        {time, limit}));
}

Result<std::vector<app::JobTable::Count>> SqlJobTable::count_by_kind_and_state() {
    return fetch(session_.connection,
                 "SELECT kind, state, count(*) FROM jobs GROUP BY kind, state ORDER BY kind, state", {},
                 [](Reader& row) -> Result<Count> {
                     constexpr std::array states = {JobState::Ready, JobState::Running, JobState::Snoozed,
                                                    JobState::Stalled, JobState::Done};
                     std::string kind = row.text();
                     const std::string text = row.text();
                     const auto* state = std::find_if(states.begin(), states.end(),
                                                      [&](JobState s) { return to_string(s) == text; });
                     if (state == states.end()) {
                         return fail(ErrorCode::Internal, "a job has an unknown state", "UnreadableRow");
                     }
                     return Count{std::move(kind), *state, row.integer()};
                 });
}

Result<std::chrono::milliseconds> SqlJobTable::oldest_ready() {
    const auto oldest = fetch_one(session_.connection, kOldestReady, {}, read_maybe_time);
    if (!oldest) {
        return forward(oldest);
    }
    if (!oldest->has_value() || !(*oldest)->has_value()) {
        return std::chrono::milliseconds(0);
    }
    return std::max(std::chrono::floor<std::chrono::milliseconds>(session_.now - ***oldest),
                    std::chrono::milliseconds(0));
}

}  // namespace souk::sql
