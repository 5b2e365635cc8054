#include "app/retention/remove_old.hpp"

#include "app/access/session_rules.hpp"

#include <algorithm>

namespace souk::app {

Result<Removed> RemoveOld::operator()() const {
    Removed all;
    for (;;) {
        const auto removed = remove_batch();
        if (!removed) {
            return forward(removed);
        }
        all.events += removed->events;
        all.operations += removed->operations;
        all.jobs += removed->jobs;
        all.kept_logs += removed->kept_logs;
        all.usage_samples += removed->usage_samples;
        all.idempotency_keys += removed->idempotency_keys;
        all.packs += removed->packs;
        all.sessions += removed->sessions;
        all.sign_ins += removed->sign_ins;
        if (std::max({removed->events, removed->operations, removed->jobs, removed->kept_logs,
                      removed->usage_samples, removed->idempotency_keys, removed->packs, removed->sessions,
                      removed->sign_ins}) < retention_.batch) {
            return all;
        }
    }
}

Result<Removed> RemoveOld::remove_batch() const {
    auto begun = database_.begin(Access::Write);
    if (!begun) {
        return forward(begun);
    }
    Transaction& tx = **begun;
    const Timestamp now = tx.now();
    const int batch = retention_.batch;
    Removed removed;
    const auto note = [](int& count, const Result<int>& rows) -> Result<> {
        if (!rows) {
            return forward(rows);
        }
        count = *rows;
        return {};
    };
    auto done = note(removed.events, tx.events().remove_older_than(now - retention_.events, batch));
    if (done) {
        done =
            note(removed.operations, tx.operations().remove_ended_before(now - retention_.operations, batch));
    }
    if (done) {
        done = note(removed.jobs, tx.jobs().remove_ended_before(now - retention_.jobs, batch));
    }
    if (done) {
        done = note(removed.kept_logs, tx.kept_logs().remove_older_than(now - retention_.kept_logs, batch));
    }
    if (done) {
        done =
            note(removed.usage_samples, tx.usage().remove_older_than(now - retention_.usage_samples, batch));
    }
    if (done) {
        done = note(removed.idempotency_keys,
                    tx.idempotency().remove_older_than(now - retention_.idempotency_keys, batch));
    }
    if (done) {
        done = note(removed.packs, tx.packs().remove_unused(now - retention_.unused_packs, batch));
    }
    if (done) {
        done = note(removed.sessions, tx.sessions().remove_expired(batch));
    }
    if (done) {
        done = note(removed.sign_ins, tx.sign_ins().remove_older_than(now - kRefusalWindow, batch));
    }
    if (done) {
        done = tx.commit("remove_old");
    }
    if (!done) {
        return forward(done);
    }
    return removed;
}

}  // namespace souk::app
