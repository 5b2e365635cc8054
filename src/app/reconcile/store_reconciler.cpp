#include "app/reconcile/store_reconciler.hpp"

#include "app/reconcile/admission.hpp"
#include "app/reconcile/closed_page.hpp"
#include "app/reconcile/deletion.hpp"
#include "app/reconcile/failing.hpp"
#include "app/reconcile/health.hpp"
#include "app/reconcile/keep_logs.hpp"
#include "app/reconcile/receipt.hpp"
#include "app/reconcile/steps/steps.hpp"
#include "app/stores/load_pack.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace souk::app {
namespace {

using std::chrono::milliseconds;

/// More acts than any creation or deletion needs: a decision that never changes anything cannot hold a worker
/// for ever.
constexpr int kMaxActs = 40;

/// An error of a step that no retry mends: somebody must change something. A plain Forbidden is not one:
/// rights that were just bound take a moment to be seen.
bool is_final(const Error& error) {
    switch (error.code) {
        case ErrorCode::InvalidInput:
        case ErrorCode::QuotaExceeded:
            return true;
        case ErrorCode::Forbidden:
            return !error.reason.empty() && error.reason != "Forbidden";
        case ErrorCode::Unauthenticated:
        case ErrorCode::NotFound:
        case ErrorCode::Gone:
        case ErrorCode::Conflict:
        case ErrorCode::PreconditionFailed:
        case ErrorCode::Unavailable:
        case ErrorCode::Timeout:
        case ErrorCode::Cancelled:
        case ErrorCode::Internal:
            return false;
    }
    return false;
}

std::string reason_of(const Error& error) {
    return error.reason.empty() ? std::string(to_string(error.code)) : error.reason;
}

/// One error -> outcome mapping for everything outside the cluster's own calls.
Outcome outcome_of(const Error& error) {
    if (error.code == ErrorCode::Cancelled) {
        return GiveBack{};
    }
    if (error.code == ErrorCode::Conflict) {
        return Snooze{milliseconds(0)};  // the row changed under us: look again at once
    }
    return Retry{error};
}

Result<Turn> begin_turn(const ReconcileTools& tools, const Job& job, std::stop_token stop) {
    auto begun = tools.database.begin(Access::Read);
    if (!begun) {
        return forward(begun);
    }
    Transaction& tx = **begun;
    auto store = tx.stores().load(job.store_id);
    if (!store) {
        return forward(store);
    }
    auto operation = tx.operations().find_running(job.store_id);
    if (!operation) {
        return forward(operation);
    }
    auto pack = load_pack(tools.engines, tx, *store);
    if (!pack && !store->deletion_wanted) {
        return forward(pack);
    }
    if (store->phase == Phase::Provisioning && !store->deadline && pack) {
        // Retried after a stall. Counted from what is written, so that it is the same in every turn.
        store->deadline = store->admitted.value_or(store->updated) + (*pack)->engine.provisioning_deadline;
    }
    const auto plan = std::find_if(tools.plans.begin(), tools.plans.end(),
                                   [&](const Plan& p) { return p.name == store->plan; });
    return Turn{.tools = tools,
                .job = job,
                .stop = std::move(stop),
                .store = std::move(*store),
                .pack = pack ? *pack : nullptr,
                .plan = plan == tools.plans.end() ? nullptr : &*plan,
                .operation = std::move(*operation)};
}

Result<Desired> desired_of(Turn& turn) {
    Desired want{.deleted = turn.store.deletion_wanted,
                 .suspended = turn.store.suspension_wanted,
                 .release_digest = {},
                 .was_ready = turn.store.first_ready.has_value(),
                 .checks_passed = turn.store.checks_passed.has_value(),
                 .has_setup = turn.pack != nullptr && !turn.pack->engine.setup_component.empty()};
    if (!want.deleted) {
        const auto values = release_values(turn);
        if (!values) {
            return forward(values);
        }
        want.release_digest = values->digest;
    }
    return want;
}

Result<Observed> observe(Turn& turn) {
    const StoreRef ref = StoreRef::of(turn.store);
    return turn.tools.cluster.observe(
        {.store = ref,
         .engine = turn.pack == nullptr ? nullptr : &turn.pack->engine,
         .fence_digest =
             turn.plan == nullptr || turn.pack == nullptr
                 ? std::string()
                 : turn.tools.cluster.fence_digest(ref, FenceWish::of(*turn.plan, turn.pack->engine)),
         .deletion = turn.store.deletion_wanted},
        turn.stop);
}

bool deadline_passed(Turn& turn) {
    if (!turn.store.deadline) {
        return false;
    }
    const auto now = database_now(turn);
    return now && *now > *turn.store.deadline;
}

/// The cluster did not answer: nothing is known, nothing is called failed, no attempt is counted.
Outcome wait_for_cluster(Turn& turn, const Error& error) {
    if (auto reported = report_reachable(turn, false, "the cluster's API server does not answer");
        !reported) {
        return outcome_of(reported.error());
    }
    turn.tools.observer.turn_failed(turn.store, error);
    return Snooze{turn.tools.settings.unavailable_pause};
}

/// A creation cannot go on. The clean-up follows in the next look, from the kept reason.
std::optional<Outcome> give_up(Turn& turn, Step step, const std::string& reason, const std::string& message) {
    if (turn.store.first_ready) {
        if (auto reported = report_degraded(turn, reason, message); !reported) {
            return outcome_of(reported.error());
        }
        return Snooze{turn.tools.settings.max_snooze};
    }
    if (auto begun = begin_failing(turn, step, reason, message); !begun) {
        return cluster_is_away(begun.error()) ? wait_for_cluster(turn, begun.error())
                                              : outcome_of(begun.error());
    }
    return std::nullopt;
}

/// What is waited for, said once; the deadline decides when waiting becomes failing.
std::optional<Outcome> wait(Turn& turn, Step step, const std::string& reason, const std::string& message,
                            milliseconds pause) {
    if (turn.store.deletion_wanted) {
        if (auto reported = report_held(turn, message); !reported) {
            return outcome_of(reported.error());
        }
    } else if (turn.store.first_ready && turn.store.phase != Phase::Updating) {
        if (auto reported = report_degraded(turn, reason, message); !reported) {
            return outcome_of(reported.error());
        }
        return Snooze{pause};
    } else if (deadline_passed(turn)) {
        const std::string why = step == Step::Checks ? reason : "Timeout";
        return give_up(turn, step, why, "not ready in time: " + message);
    }
    if (auto reported = report_step(turn, step, StepState::Running, reason, message); !reported) {
        return outcome_of(reported.error());
    }
    return Snooze{pause};
}

std::string sentence_of(const CheckFailure& failure) {
    return failure.check + ", " + failure.step + ": " + failure.message;
}

/// Nothing of the shop runs, and the entry point leads to the sign: it may be some seconds behind the
/// cluster.
Outcome settle_suspension(Turn& turn) {
    const ReconcileSettings& settings = turn.tools.settings;
    const auto failure = check_closed_page(turn);
    if (!failure) {
        return outcome_of(failure.error());
    }
    if (failure->has_value()) {
        const auto pause = turn.store.phase == Phase::Updating
                               ? settings.check_pause
                               : std::min(settings.max_snooze, settings.check_pause * 5);
        return wait(turn, Step::Route, "CheckFailed", sentence_of(**failure), pause)
            .value_or(Snooze{settings.check_pause});
    }
    if (auto suspended = report_suspended(turn); !suspended) {
        return outcome_of(suspended.error());
    }
    return Snooze{settings.sweep};
}

/// A store that is as wished: becomes Ready or Suspended, or is looked at through its entry point now and
/// then.
Outcome settle(Turn& turn) {
    const ReconcileSettings& settings = turn.tools.settings;
    if (turn.store.suspension_wanted) {
        return settle_suspension(turn);
    }
    if (turn.store.phase == Phase::Provisioning) {
        if (auto ready = become_ready(turn); !ready) {
            return outcome_of(ready.error());
        }
        return Snooze{settings.sweep};
    }
    const bool updating = turn.store.phase == Phase::Updating;
    if (updating) {
        if (auto reported = report_step(turn, Step::Checks, StepState::Running, {}, {}); !reported) {
            return outcome_of(reported.error());
        }
    }
    const auto failure = run_engine_checks(turn, true);
    if (!failure) {
        return cluster_is_away(failure.error()) ? wait_for_cluster(turn, failure.error())
                                                : outcome_of(failure.error());
    }
    if (updating && failure->has_value()) {
        return wait(turn, Step::Checks, "CheckFailed", sentence_of(**failure), settings.check_pause)
            .value_or(Snooze{settings.check_pause});
    }
    const auto reported = failure->has_value() ? report_degraded(turn, "CheckFailed", sentence_of(**failure))
                                               : report_healthy(turn);
    if (!reported) {
        return outcome_of(reported.error());
    }
    return Snooze{failure->has_value() ? std::min(settings.max_snooze, settings.check_pause * 5)
                                       : settings.sweep};
}

Outcome settle_deletion(Turn& turn) {
    if (auto finished = finish_deletion(turn); !finished) {
        return outcome_of(finished.error());
    }
    return Done{};
}

/// The step's code ran; nullopt: look again.
std::optional<Outcome> after_step(Turn& turn, Step step, const Result<StepResult>& result) {
    if (!result) {
        const Error& error = result.error();
        if (error.code == ErrorCode::Cancelled) {
            return GiveBack{};
        }
        if (cluster_is_away(error)) {
            return wait_for_cluster(turn, error);
        }
        if (is_final(error) && !turn.store.deletion_wanted) {
            return give_up(turn, step, reason_of(error), error.message);
        }
        turn.tools.observer.turn_failed(turn.store, error);
        if (!turn.store.deletion_wanted && deadline_passed(turn)) {
            return give_up(turn, step, reason_of(error), error.message);
        }
        return Retry{error};
    }
    if (result->kind == StepResult::Kind::Waiting) {
        return wait(turn, step, result->reason, result->message, result->pause);
    }
    return std::nullopt;
}

/// What comes before a deletion's first act: the log lines and the list of what exists.
Result<> prepare_deletion(Turn& turn) {
    auto begun = turn.tools.database.begin(Access::Read);
    if (!begun) {
        return forward(begun);
    }
    const auto receipt = (*begun)->receipts().find(turn.store.id);
    begun->reset();
    if (!receipt) {
        return forward(receipt);
    }
    if (!receipt->has_value()) {
        if (auto kept = keep_logs(turn); !kept) {
            return kept;
        }
    }
    return update_receipt(turn);
}

/// Watches wake the job earlier; what is left at the end of a deletion (volumes) is not watched.
milliseconds pause_of(const Turn& turn, Step step) {
    const ReconcileSettings& settings = turn.tools.settings;
    return step == Step::Scan ? std::min(settings.check_pause, settings.max_snooze) : settings.max_snooze;
}

/// Looks, decides and acts until something must be waited for.
Outcome loop(Turn& turn) {
    for (int acts = 0; acts < kMaxActs; ++acts) {
        if (turn.stop.stop_requested()) {
            return GiveBack{};
        }
        const auto have = observe(turn);
        if (!have) {
            return cluster_is_away(have.error()) ? wait_for_cluster(turn, have.error())
                                                 : outcome_of(have.error());
        }
        if (auto reported = report_reachable(turn, true, ""); !reported) {
            return outcome_of(reported.error());
        }
        if (turn.store.failure && turn.store.phase == Phase::Provisioning) {
            if (auto finished = finish_failing(turn, *have); !finished) {
                return cluster_is_away(finished.error()) ? wait_for_cluster(turn, finished.error())
                                                         : outcome_of(finished.error());
            }
            return Snooze{turn.tools.settings.sweep};
        }
        const auto want = desired_of(turn);
        if (!want) {
            return outcome_of(want.error());
        }
        const Decision decision = next_step(*want, *have);
        std::optional<Outcome> outcome;
        switch (decision.kind) {
            case Decision::Kind::Act: {
                if (turn.store.deletion_wanted) {
                    if (auto prepared = prepare_deletion(turn); !prepared) {
                        return cluster_is_away(prepared.error()) ? wait_for_cluster(turn, prepared.error())
                                                                 : outcome_of(prepared.error());
                    }
                }
                if (!turn.store.first_ready || turn.store.deletion_wanted ||
                    turn.store.phase == Phase::Updating) {
                    if (auto reported = report_step(turn, decision.step, StepState::Running, {}, {});
                        !reported) {
                        return outcome_of(reported.error());
                    }
                }
                outcome = after_step(turn, decision.step, run_step(decision.step, turn, *have));
                break;
            }
            case Decision::Kind::Wait:
                outcome = wait(turn, decision.step, decision.reason, decision.message,
                               pause_of(turn, decision.step));
                break;
            case Decision::Kind::Fail:
                outcome = give_up(turn, decision.step, decision.reason, decision.message);
                break;
            case Decision::Kind::Settled:
                if (turn.store.deletion_wanted) {
                    if (auto prepared = prepare_deletion(turn); !prepared) {
                        return cluster_is_away(prepared.error()) ? wait_for_cluster(turn, prepared.error())
                                                                 : outcome_of(prepared.error());
                    }
                    return settle_deletion(turn);
                }
                return settle(turn);
        }
        if (outcome) {
            return *outcome;
        }
    }
    return Retry{Error{ErrorCode::Internal, "the turn does not come to an end", "NoProgress", {}}};
}

/// Removes what a failed creation left and takes a place in the line; nullopt: the store is Provisioning.
std::optional<Outcome> enter_provisioning(Turn& turn) {
    if (turn.store.phase == Phase::Failed) {
        const auto have = observe(turn);
        const auto removed = have ? remove_remains(turn, *have) : Result<>(forward(have));
        const auto gone = removed ? remains_are_gone(turn, *have) : Result<bool>(forward(removed));
        if (!gone) {
            return cluster_is_away(gone.error()) ? wait_for_cluster(turn, gone.error())
                                                 : outcome_of(gone.error());
        }
        if (!*gone) {
            return Snooze{turn.tools.settings.check_pause};
        }
    }
    const auto admitted = admit(turn);
    if (!admitted) {
        return outcome_of(admitted.error());
    }
    if (!*admitted) {
        return Snooze{turn.tools.settings.admission_poll};
    }
    return std::nullopt;
}

}  // namespace

Outcome StoreReconciler::turn(const Job& job, std::stop_token stop) const {
    auto begun = begin_turn(tools_, job, std::move(stop));
    if (!begun) {
        return outcome_of(begun.error());
    }
    Turn& turn = *begun;
    if (turn.store.phase == Phase::Deleted) {
        return Done{};
    }
    if (!turn.store.deletion_wanted) {
        const bool retried = turn.store.phase == Phase::Failed && turn.operation.has_value();
        if (turn.store.phase == Phase::Failed && !retried) {
            return Snooze{tools_.settings.sweep};
        }
        const bool waits = turn.store.phase == Phase::Requested || retried;
        if (turn.store.cancel_wanted && !turn.store.failure.has_value() && !turn.store.first_ready) {
            if (auto outcome = give_up(turn, Step::Namespace, "Cancelled", "the creation was cancelled")) {
                return *outcome;
            }
        }
        if (waits && turn.store.cancel_wanted) {
            if (retried) {  // the failure and the log lines it has are those of the try before
                turn.store.failure = Failure{"Cancelled", "the retry was cancelled"};
            }
            if (auto failed = finish_failing(turn, Observed{}); !failed) {
                return outcome_of(failed.error());
            }
            return Snooze{tools_.settings.sweep};
        }
        if (waits) {
            if (auto outcome = enter_provisioning(turn)) {
                return *outcome;
            }
        }
    }
    return loop(turn);
}

}  // namespace souk::app
