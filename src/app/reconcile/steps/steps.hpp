#pragma once

#include "app/reconcile/turn.hpp"
#include "core/reconcile/observed.hpp"

#include <chrono>
#include <string>

namespace souk::app {

/// What a step found out. `Acted`: look again. `Waiting`: nothing more to do now.
struct StepResult {
    enum class Kind { Acted, Waiting } kind = Kind::Acted;
    std::string reason;   // PascalCase
    std::string message;  // one sentence
    std::chrono::milliseconds pause{0};
};

// Each step is safe to run twice and acts only under the turn's lease. One file per step.
Result<StepResult> run_namespace(Turn& turn, const Observed& have);
Result<StepResult> run_fence(Turn& turn, const Observed& have);
Result<StepResult> run_secrets(Turn& turn, const Observed& have);
Result<StepResult> run_release(Turn& turn, const Observed& have);
Result<StepResult> run_route(Turn& turn, const Observed& have);
Result<StepResult> run_checks(Turn& turn, const Observed& have);
Result<StepResult> run_unroute(Turn& turn, const Observed& have);
Result<StepResult> run_uninstall(Turn& turn, const Observed& have);
Result<StepResult> run_remove_namespace(Turn& turn, const Observed& have);

/// The step's code; steps that only wait (data, setup, workloads, ready, scan) have none and give Internal.
Result<StepResult> run_step(Step step, Turn& turn, const Observed& have);

/// The release's removal, whatever state it is in: helm first, and when helm cannot, its records are removed
/// (the namespace takes the objects). Absent: success. Also used by the clean-up of a failed creation.
Result<> uninstall_release(Turn& turn, bool helm_had_its_time);

/// Runs the engine's checks through the entry point: nullopt when all pass. An entry point that does not
/// answer is a failure like any other (the shop cannot be reached): only the API server's silence is an error
/// here.
Result<std::optional<CheckFailure>> run_engine_checks(Turn& turn, bool only_always);

}  // namespace souk::app
