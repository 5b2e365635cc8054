#include "app/reconcile/steps/steps.hpp"
#include "app/reconcile/store_reconciler.hpp"

namespace souk::app {

Result<StepResult> run_route(Turn& turn, const Observed&) {
    return turn.tools.cluster
        .ensure_route(StoreRef::of(turn.store), {turn.store.hosts, turn.pack->engine.routes}, turn.stop)
        .map([] { return StepResult{}; });
}

}  // namespace souk::app
