#include "app/reconcile/steps/steps.hpp"
#include "app/reconcile/store_reconciler.hpp"

namespace souk::app {

Result<StepResult> run_secrets(Turn& turn, const Observed&) {
    const auto secrets =
        turn.tools.renderer.secrets(turn.store, turn.pack->engine, turn.tools.cluster_settings);
    if (!secrets) {
        return forward(secrets);
    }
    for (const SecretWish& secret : *secrets) {
        if (auto made = turn.tools.cluster.ensure_secret(StoreRef::of(turn.store), secret, turn.stop);
            !made) {
            return forward(made);
        }
    }
    return StepResult{};
}

}  // namespace souk::app
