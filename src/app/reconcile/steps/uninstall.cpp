#include "app/reconcile/steps/steps.hpp"
#include "app/reconcile/store_reconciler.hpp"

namespace souk::app {

Result<> uninstall_release(Turn& turn, bool helm_had_its_time) {
    if (auto stamped =
            turn.tools.cluster.stamp_epoch(StoreRef::of(turn.store), turn.lease().epoch, turn.stop);
        !stamped) {
        return stamped;
    }
    const auto removed = turn.tools.helm.remove(
        {turn.store.ns, turn.store.slug.str(), turn.tools.settings.helm_timeout}, turn.stop);
    if (removed || removed.error().code == ErrorCode::Cancelled || cluster_is_away(removed.error())) {
        return removed;
    }
    if (is_transient(removed.error().code) && !helm_had_its_time) {
        return removed;
    }
    // Helm cannot read or end this release: the record goes, and the namespace's deletion takes the objects.
    return turn.tools.cluster.remove_release_records(StoreRef::of(turn.store), turn.stop);
}

Result<StepResult> run_uninstall(Turn& turn, const Observed&) {
    const auto now = database_now(turn);
    if (!now) {
        return forward(now);
    }
    bool late = false;
    for (const StepRecord& record : turn.store.steps) {
        if (record.step == Step::Uninstall && record.started) {
            late = *now - *record.started > turn.tools.settings.uninstall_deadline;
        }
    }
    return uninstall_release(turn, late).map([] { return StepResult{}; });
}

}  // namespace souk::app
