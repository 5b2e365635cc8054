#include "app/reconcile/steps/steps.hpp"

namespace souk::app {

Result<StepResult> run_step(Step step, Turn& turn, const Observed& have) {
    switch (step) {
        case Step::Namespace:
            return run_namespace(turn, have);
        case Step::Fence:
            return run_fence(turn, have);
        case Step::Secrets:
            return run_secrets(turn, have);
        case Step::Release:
            return run_release(turn, have);
        case Step::Route:
            return run_route(turn, have);
        case Step::Checks:
            return run_checks(turn, have);
        case Step::Unroute:
            return run_unroute(turn, have);
        case Step::Uninstall:
            return run_uninstall(turn, have);
        case Step::RemoveNamespace:
            return run_remove_namespace(turn, have);
        case Step::Data:
        case Step::Setup:
        case Step::Workloads:
        case Step::Ready:
        case Step::Scan:
            break;
    }
    return fail(ErrorCode::Internal, "the step " + std::string(to_string(step)) + " has nothing to run");
}

}  // namespace souk::app
