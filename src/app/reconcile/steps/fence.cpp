#include "app/reconcile/steps/steps.hpp"
#include "app/reconcile/store_reconciler.hpp"

namespace souk::app {

Result<StepResult> run_fence(Turn& turn, const Observed&) {
    if (turn.plan == nullptr) {
        return fail(ErrorCode::InvalidInput, "the plan '" + turn.store.plan + "' is not configured any more",
                    "PlanUnknown");
    }
    return turn.tools.cluster
        .ensure_fence(StoreRef::of(turn.store), FenceWish::of(*turn.plan, turn.pack->engine), turn.stop)
        .map([] { return StepResult{}; });
}

}  // namespace souk::app
