#include "app/stores/suspend_store.hpp"

#include <array>

namespace souk::app {

Result<Accepted> SuspendStore::operator()(const UpdateRequest& request) const {
    static constexpr std::array kFrom = {Phase::Ready, Phase::Degraded};
    return start_update(tools_, request,
                        {.kind = OperationKind::Suspend,
                         .from = kFrom,
                         .ability = &Engine::can_suspend,
                         .steps = kSuspendSteps,
                         .reason = "Suspending",
                         .message = "the store is being suspended",
                         .apply = [](Store& store, Timestamp) { store.suspension_wanted = true; }},
                        "suspend_store");
}

}  // namespace souk::app
