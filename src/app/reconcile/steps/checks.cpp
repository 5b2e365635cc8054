#include "app/reconcile/steps/steps.hpp"
#include "app/reconcile/store_reconciler.hpp"

namespace souk::app {

Result<std::optional<CheckFailure>> run_engine_checks(Turn& turn, bool only_always) {
    const Engine& engine = turn.pack->engine;
    CheckRequest request{.store = &turn.store,
                         .engine = &engine,
                         .address = address_of(turn.store, turn.tools.cluster_settings),
                         .secrets = {},
                         .only_always = only_always};
    for (const auto& [name, kubernetes_name] : turn.tools.renderer.secret_names(turn.store, engine)) {
        auto values = turn.tools.cluster.read_secret(StoreRef::of(turn.store), kubernetes_name, turn.stop);
        if (!values) {
            return forward(values);
        }
        request.secrets.emplace(name, std::move(*values));
    }
    auto outcome = turn.tools.checks.run(request, turn.stop);
    if (!outcome &&
        (outcome.error().code == ErrorCode::Unavailable || outcome.error().code == ErrorCode::Timeout)) {
        return CheckFailure{"entry", "connect", outcome.error().message};
    }
    return outcome;
}

Result<StepResult> run_checks(Turn& turn, const Observed&) {
    const auto failure = run_engine_checks(turn, false);
    if (!failure) {
        return forward(failure);
    }
    if (failure->has_value()) {
        return StepResult{StepResult::Kind::Waiting, "CheckFailed",
                          (*failure)->check + ", " + (*failure)->step + ": " + (*failure)->message,
                          turn.tools.settings.check_pause};
    }
    const auto now = database_now(turn);
    if (!now) {
        return forward(now);
    }
    turn.store.checks_passed = *now;
    const Condition passed{"ChecksPassed", true, "ChecksPassed", "every check passed", *now};
    set_condition(turn.store.conditions, passed);
    return save(turn, {told(passed)}, OperationEnd::No, "checks_passed").map([] { return StepResult{}; });
}

}  // namespace souk::app
