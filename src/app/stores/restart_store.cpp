#include "app/stores/restart_store.hpp"

#include <array>

namespace souk::app {

Result<Accepted> RestartStore::operator()(const UpdateRequest& request) const {
    static constexpr std::array kFrom = {Phase::Ready, Phase::Degraded};
    return start_update(tools_, request,
                        {.kind = OperationKind::Restart,
                         .from = kFrom,
                         .ability = &Engine::can_restart,
                         .steps = kUpdateSteps,
                         .reason = "Restarting",
                         .message = "the store is being restarted",
                         .apply = [](Store& store, Timestamp now) { store.restarted = now; }},
                        "restart_store");
}

}  // namespace souk::app
