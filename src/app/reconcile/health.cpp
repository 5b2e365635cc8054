#include "app/reconcile/health.hpp"

#include "app/reconcile/store_reconciler.hpp"

#include <utility>

namespace souk::app {
namespace {

constexpr const char* kReachable = "ClusterReachable";

Result<> change_phase(Turn& turn, Phase to, std::vector<EventDraft> drafts, OperationEnd end,
                      std::string_view commit_name) {
    const Phase from = turn.store.phase;
    if (auto moved = move_phase(turn.store, to); !moved) {
        return moved;
    }
    if (auto saved = save(turn, std::move(drafts), end, commit_name); !saved) {
        return saved;
    }
    if (from != to) {
        turn.tools.observer.store_phase(turn.store, from, to);
    }
    return {};
}

/// The last step of an update is done, and with it its time.
std::vector<EventDraft> end_steps(Turn& turn, Step last, Timestamp now) {
    const std::vector<StepRecord> before = turn.store.steps;
    move_steps(turn.store.steps, last, StepState::Done, {}, now);
    turn.store.deadline.reset();
    return step_events(before, turn.store.steps, {});
}

}  // namespace

Result<> become_ready(Turn& turn) {
    const auto now = database_now(turn);
    if (!now) {
        return forward(now);
    }
    std::vector<EventDraft> events = end_steps(turn, Step::Ready, *now);
    events.push_back({"store.phase", {}, {}, "Ready", "an order can be placed", {}});
    events.push_back({"store.ready", {}, {}, "Ready", "an order can be placed", {}});
    turn.store.first_ready = turn.store.first_ready.value_or(*now);
    set_condition(turn.store.conditions, {"Available", true, "Ready", "an order can be placed", *now});
    if (auto changed = change_phase(turn, Phase::Ready, std::move(events), OperationEnd::Succeeded, "ready");
        !changed) {
        return changed;
    }
    if (turn.store.admitted) {
        turn.tools.observer.store_ready(
            turn.store, std::chrono::duration_cast<std::chrono::milliseconds>(*now - *turn.store.admitted));
    }
    return {};
}

Result<> report_healthy(Turn& turn) {
    const auto now = database_now(turn);
    if (!now) {
        return forward(now);
    }
    const bool news =
        set_condition(turn.store.conditions, {"Available", true, "Ready", "an order can be placed", *now});
    if (!news && turn.store.phase == Phase::Ready && !turn.operation) {
        return {};
    }
    std::vector<EventDraft> events;
    std::string reason = "Recovered";
    if (turn.store.phase == Phase::Updating) {
        events = end_steps(turn, Step::Ready, *now);
        if (turn.operation) {
            reason = turn.operation->kind == OperationKind::Restart ? "Restarted" : "Resumed";
        }
    }
    turn.store.failure.reset();
    events.push_back({"store.phase", {}, {}, reason, "the store is available again", {}});
    return change_phase(turn, Phase::Ready, std::move(events), OperationEnd::Succeeded, "healthy");
}

Result<> report_suspended(Turn& turn) {
    const auto now = database_now(turn);
    if (!now) {
        return forward(now);
    }
    const Condition rests{"Available", false, "Suspended", "the store is suspended and its data is kept",
                          *now};
    const bool news = set_condition(turn.store.conditions, rests);
    const bool already = turn.store.phase == Phase::Suspended;
    if (!news && already) {
        return {};
    }
    if (already) {
        return save(turn, {told(rests)}, OperationEnd::No, "suspended_again");
    }
    std::vector<EventDraft> events = end_steps(turn, Step::Route, *now);
    events.push_back({"store.phase", {}, {}, rests.reason, rests.message, {}});
    return change_phase(turn, Phase::Suspended, std::move(events), OperationEnd::Succeeded, "suspended");
}

Result<> report_degraded(Turn& turn, const std::string& reason, const std::string& message) {
    const auto now = database_now(turn);
    if (!now) {
        return forward(now);
    }
    const Condition available{"Available", false, reason, message, *now};
    const bool news = set_condition(turn.store.conditions, available);
    if (turn.store.phase == Phase::Suspended) {
        return news ? save(turn, {told(available)}, OperationEnd::No, "suspended_trouble") : Result<>{};
    }
    const bool already = turn.store.phase == Phase::Degraded;
    if (!news && already && !turn.operation) {
        return {};
    }
    turn.store.suspension_wanted = false;
    turn.store.deadline.reset();
    turn.store.failure = Failure{reason, message};
    // Another reason is no other phase.
    EventDraft event = already ? told(available) : EventDraft{"store.phase", {}, {}, reason, message, {}};
    return change_phase(turn, Phase::Degraded, {std::move(event)}, OperationEnd::Failed, "degraded");
}

Result<> report_reachable(Turn& turn, bool reachable, const std::string& message) {
    const Condition* known = find_condition(turn.store.conditions, kReachable);
    const bool was_reachable = known == nullptr || known->status;
    if (reachable == was_reachable) {
        return {};
    }
    const auto now = database_now(turn);
    if (!now) {
        return forward(now);
    }
    if (reachable && turn.store.deadline) {
        *turn.store.deadline += *now - known->changed;
    }
    const Condition condition{kReachable, reachable, reachable ? "Reachable" : "ClusterUnreachable", message,
                              *now};
    set_condition(turn.store.conditions, condition);
    return save(turn, {told(condition)}, OperationEnd::No, "reachable");
}

}  // namespace souk::app
