#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace souk {

/// A store's life. The drawing in docs/reference/phases.md and the CHECK in migrations/0001 say the same.
enum class Phase { Requested, Provisioning, Ready, Updating, Degraded, Suspended, Failed, Deleting, Deleted };

inline constexpr std::array kAllPhases = {Phase::Requested, Phase::Provisioning, Phase::Ready,
                                          Phase::Updating,  Phase::Degraded,     Phase::Suspended,
                                          Phase::Failed,    Phase::Deleting,     Phase::Deleted};

constexpr bool can_move(Phase from, Phase to) {
    switch (from) {
        case Phase::Requested:
            return to == Phase::Provisioning || to == Phase::Failed || to == Phase::Deleting;
        case Phase::Provisioning:
            return to == Phase::Ready || to == Phase::Failed || to == Phase::Deleting;
        case Phase::Ready:
            return to == Phase::Updating || to == Phase::Degraded || to == Phase::Deleting;
        case Phase::Updating:
            return to == Phase::Ready || to == Phase::Degraded || to == Phase::Suspended ||
                   to == Phase::Deleting;
        case Phase::Degraded:
            return to == Phase::Ready || to == Phase::Updating || to == Phase::Deleting;
        case Phase::Suspended:
            return to == Phase::Updating || to == Phase::Deleting;
        case Phase::Failed:
            return to == Phase::Provisioning || to == Phase::Deleting;
        case Phase::Deleting:
            return to == Phase::Deleted;
        case Phase::Deleted:
            return false;
    }
    return false;
}

static_assert(!can_move(Phase::Deleted, Phase::Ready));
static_assert(!can_move(Phase::Ready, Phase::Failed), "a store that was Ready is never called Failed");

constexpr std::string_view to_string(Phase phase) {
    switch (phase) {
        case Phase::Requested:
            return "Requested";
        case Phase::Provisioning:
            return "Provisioning";
        case Phase::Ready:
            return "Ready";
        case Phase::Updating:
            return "Updating";
        case Phase::Degraded:
            return "Degraded";
        case Phase::Suspended:
            return "Suspended";
        case Phase::Failed:
            return "Failed";
        case Phase::Deleting:
            return "Deleting";
        case Phase::Deleted:
            return "Deleted";
    }
    return "";
}

constexpr std::optional<Phase> parse_phase(std::string_view text) {
    for (const Phase phase : kAllPhases) {
        if (to_string(phase) == text) {
            return phase;
        }
    }
    return std::nullopt;
}

}  // namespace souk
