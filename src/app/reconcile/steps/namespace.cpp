#include "app/reconcile/steps/steps.hpp"
#include "app/reconcile/store_reconciler.hpp"

namespace souk::app {

Result<StepResult> run_namespace(Turn& turn, const Observed&) {
    return turn.tools.cluster.create_namespace(StoreRef::of(turn.store), turn.stop).map([] {
        return StepResult{};
    });
}

}  // namespace souk::app
