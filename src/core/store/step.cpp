#include "core/store/step.hpp"

#include <algorithm>
#include <utility>

namespace souk {

std::vector<StepRecord> pending_steps(std::span<const Step> steps) {
    std::vector<StepRecord> out;
    for (const Step step : steps) {
        out.push_back({step, StepState::Pending, {}, {}, {}});
    }
    return out;
}

bool move_steps(std::vector<StepRecord>& steps, Step current, StepState state, std::string_view message,
                Timestamp now) {
    if (std::ranges::find(steps, current, &StepRecord::step) == steps.end()) {
        return false;
    }
    const std::vector<StepRecord> before = steps;
    bool reached = false;
    for (StepRecord& record : steps) {
        if (record.step == current) {
            reached = true;
            record.started = record.started.value_or(now);
            record.state = state;
            record.message = std::string(message);
            const bool over = state == StepState::Done || state == StepState::Failed;
            record.ended = over ? std::optional(record.ended.value_or(now)) : std::nullopt;
        } else if (!reached && record.state != StepState::Done) {
            record.started = record.started.value_or(now);
            record.ended = now;
            record.state = StepState::Done;
            record.message.clear();
        } else if (reached && record.state != StepState::Pending) {
            // Something earlier has to be done again: what follows it is open.
            record = {record.step, StepState::Pending, {}, {}, {}};
        }
    }
    return steps != before;
}

int percent_done(const std::vector<StepRecord>& steps) {
    if (steps.empty()) {
        return 0;
    }
    const auto done =
        std::count_if(steps.begin(), steps.end(), [](const auto& s) { return s.state == StepState::Done; });
    return static_cast<int>(done * 100 / static_cast<std::ptrdiff_t>(steps.size()));
}

}  // namespace souk
