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

}  // namespace

Result<> become_ready(Turn& turn) {
    const auto now = database_now(turn);
    if (!now) {
        return forward(now);
    }
    const std::vector<StepRecord> steps = turn.store.steps;
    move_steps(turn.store.steps, Step::Ready, StepState::Done, {}, *now);
    std::vector<EventDraft> events = step_events(steps, turn.store.steps, {});
    events.push_back({"store.phase", {}, {}, "Ready", "an order can be placed", {}});
    events.push_back({"store.ready", {}, {}, "Ready", "an order can be placed", {}});
    turn.store.first_ready = turn.store.first_ready.value_or(*now);
    turn.store.deadline.reset();
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
    turn.store.failure.reset();
    return change_phase(turn, Phase::Ready,
                        {{"store.phase", {}, {}, "Recovered", "the store is available again", {}}},
                        OperationEnd::Succeeded, "healthy");
}

Result<> report_degraded(Turn& turn, const std::string& reason, const std::string& message) {
    const auto now = database_now(turn);
    if (!now) {
        return forward(now);
    }
    const Condition available{"Available", false, reason, message, *now};
    const bool news = set_condition(turn.store.conditions, available);
    const bool already = turn.store.phase == Phase::Degraded;
    if (!news && already && !turn.operation) {
        return {};
    }
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
