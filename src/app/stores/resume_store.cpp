#include "app/stores/resume_store.hpp"

#include <array>

namespace souk::app {

Result<Accepted> ResumeStore::operator()(const UpdateRequest& request) const {
    static constexpr std::array kFrom = {Phase::Suspended};
    return start_update(tools_, request,
                        {.kind = OperationKind::Resume,
                         .from = kFrom,
                         .ability = &Engine::can_suspend,
                         .steps = kUpdateSteps,
                         .reason = "Resuming",
                         .message = "the store is being resumed",
                         .apply = [](Store& store, Timestamp) { store.suspension_wanted = false; }},
                        "resume_store");
}

}  // namespace souk::app
