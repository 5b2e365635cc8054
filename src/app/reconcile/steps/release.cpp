#include "app/reconcile/steps/steps.hpp"
#include "app/reconcile/store_reconciler.hpp"
#include "core/reconcile/release_action.hpp"

namespace souk::app {
namespace {

Result<> apply(Turn& turn, const RenderedValues& values) {
    const auto chart = turn.tools.engines.chart_path(*turn.pack);
    if (!chart) {
        return forward(chart);
    }
    return turn.tools.helm.apply({.ns = turn.store.ns,
                                  .release = turn.store.slug.str(),
                                  .chart_path = *chart,
                                  .values_json = values.json,
                                  .digest = values.digest,
                                  .timeout = turn.tools.settings.helm_timeout},
                                 turn.stop);
}

}  // namespace

Result<StepResult> run_release(Turn& turn, const Observed& have) {
    const auto values = release_values(turn);
    if (!values) {
        return forward(values);
    }
    // A ghost that still holds an older epoch is turned away by the cluster itself before it can start helm.
    if (auto stamped =
            turn.tools.cluster.stamp_epoch(StoreRef::of(turn.store), turn.lease().epoch, turn.stop);
        !stamped) {
        return forward(stamped);
    }
    const ReleaseRef release{turn.store.ns, turn.store.slug.str(), turn.tools.settings.helm_timeout};
    Result<> done;
    switch (next_release_action(have.release, values->digest, turn.store.first_ready.has_value())) {
        case ReleaseAction::None:
            // The release is as wished, but somebody started pods of a suspended store: the same once more
            // takes them away. Then a rest: who starts them again and again must not hold a worker.
            return apply(turn, *values).map([&] {
                return StepResult{StepResult::Kind::Waiting, "StartedByHand",
                                  "somebody started pods of the suspended store; they are ended",
                                  turn.tools.settings.max_snooze};
            });
        case ReleaseAction::Install:
        case ReleaseAction::Upgrade:
            done = apply(turn, *values);
            break;
        case ReleaseAction::Reinstall:
        case ReleaseAction::Uninstall:
            done = uninstall_release(turn, false);
            break;
        case ReleaseAction::Rollback:
            done = turn.tools.helm.rollback(release, have.release.last_deployed_revision, turn.stop);
            break;
        case ReleaseAction::Forget:
            done = turn.tools.cluster.remove_release_records(StoreRef::of(turn.store), turn.stop);
            break;
    }
    return done.map([] { return StepResult{}; });
}

}  // namespace souk::app
