#pragma once

#include "core/common/time.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace souk {

/// What people see a store go through. The first ten make it, the last four take it away.
enum class Step {
    Namespace,
    Fence,
    Secrets,
    Release,
    Data,
    Setup,
    Workloads,
    Route,
    Checks,
    Ready,
    Unroute,
    Uninstall,
    RemoveNamespace,
    Scan,
};

inline constexpr std::array kCreateSteps = {Step::Namespace, Step::Fence, Step::Secrets,   Step::Release,
                                            Step::Data,      Step::Setup, Step::Workloads, Step::Route,
                                            Step::Checks,    Step::Ready};
inline constexpr std::array kDeleteSteps = {Step::Unroute, Step::Uninstall, Step::RemoveNamespace,
                                            Step::Scan};
/// Of a store that was Ready: to run again (resume, restart), and to stop.
inline constexpr std::array kUpdateSteps = {Step::Release, Step::Data,   Step::Workloads,
                                            Step::Route,   Step::Checks, Step::Ready};
inline constexpr std::array kSuspendSteps = {Step::Release, Step::Workloads, Step::Route};

constexpr std::string_view to_string(Step step) {
    switch (step) {
        case Step::Namespace:
            return "namespace";
        case Step::Fence:
            return "fence";
        case Step::Secrets:
            return "secrets";
        case Step::Release:
            return "release";
        case Step::Data:
            return "data";
        case Step::Setup:
            return "setup";
        case Step::Workloads:
            return "workloads";
        case Step::Route:
            return "route";
        case Step::Checks:
            return "checks";
        case Step::Ready:
            return "ready";
        case Step::Unroute:
            return "unroute";
        case Step::Uninstall:
            return "uninstall";
        case Step::RemoveNamespace:
            return "remove-namespace";
        case Step::Scan:
            return "scan";
    }
    return "";
}

constexpr std::optional<Step> parse_step(std::string_view text) {
    for (const Step step : kCreateSteps) {
        if (to_string(step) == text) {
            return step;
        }
    }
    for (const Step step : kDeleteSteps) {
        if (to_string(step) == text) {
            return step;
        }
    }
    return std::nullopt;
}

enum class StepState { Pending, Running, Done, Failed };

constexpr std::string_view to_string(StepState state) {
    switch (state) {
        case StepState::Pending:
            return "pending";
        case StepState::Running:
            return "running";
        case StepState::Done:
            return "done";
        case StepState::Failed:
            return "failed";
    }
    return "";
}

constexpr std::optional<StepState> parse_step_state(std::string_view text) {
    for (const StepState state :
         {StepState::Pending, StepState::Running, StepState::Done, StepState::Failed}) {
        if (to_string(state) == text) {
            return state;
        }
    }
    return std::nullopt;
}

/// History for people; decisions are made from what is observed, never from this.
struct StepRecord {
    Step step = Step::Namespace;
    StepState state = StepState::Pending;
    std::optional<Timestamp> started{};
    std::optional<Timestamp> ended{};
    std::string message;  // what it waits for or why it failed

    friend bool operator==(const StepRecord&, const StepRecord&) = default;
};

/// A fresh list of one of the orders above, all pending.
std::vector<StepRecord> pending_steps(std::span<const Step> steps);

/// Everything before `current` is done, `current` is in `state`. A step keeps the time it first started. One
/// that is not in the list (a fence that is mended while the store is updated) changes nothing. Returns
/// whether anything changed, so that a turn without news writes nothing.
bool move_steps(std::vector<StepRecord>& steps, Step current, StepState state, std::string_view message,
                Timestamp now);

/// 0 to 100: the share of done steps.
int percent_done(const std::vector<StepRecord>& steps);

}  // namespace souk
