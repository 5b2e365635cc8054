#pragma once

#include "core/reconcile/observed.hpp"

#include <string_view>

namespace souk {

/// What to do about a release (row by row in release_action_test.cpp).
enum class ReleaseAction {
    None,       // deployed with the wanted digest: verify only
    Install,    // helm upgrade --install
    Upgrade,    // the same command, on top of an earlier revision
    Reinstall,  // uninstall what a dead helm left, then install in a later turn
    Rollback,   // to the last deployed revision, then look again
    Uninstall,  // finish an uninstall that was cut short
    Forget,     // remove Helm's records only; the install of the next look takes the objects over
};

constexpr std::string_view to_string(ReleaseAction action) {
    switch (action) {
        case ReleaseAction::None:
            return "none";
        case ReleaseAction::Install:
            return "install";
        case ReleaseAction::Upgrade:
            return "upgrade";
        case ReleaseAction::Reinstall:
            return "reinstall";
        case ReleaseAction::Rollback:
            return "rollback";
        case ReleaseAction::Uninstall:
            return "uninstall";
        case ReleaseAction::Forget:
            return "forget";
    }
    return "";
}

/// `had_data`: the store was Ready once, so nothing may be uninstalled by itself. Helm refuses to upgrade a
/// release that is pending, being uninstalled or in a state nobody knows, as long as its record is there;
/// without the record it installs over the objects, which carry its own labels, and they keep their data.
ReleaseAction next_release_action(const ObservedRelease& release, std::string_view wanted_digest,
                                  bool had_data);

}  // namespace souk
