#include "core/reconcile/release_action.hpp"

namespace souk {

ReleaseAction next_release_action(const ObservedRelease& release, std::string_view wanted_digest,
                                  bool had_data) {
    switch (release.state) {
        case ReleaseState::Absent:
            return ReleaseAction::Install;
        case ReleaseState::Deployed:
            return release.digest == wanted_digest ? ReleaseAction::None : ReleaseAction::Upgrade;
        case ReleaseState::Failed:
            if (release.last_deployed_revision > 0 || had_data) {
                return ReleaseAction::Upgrade;
            }
            return ReleaseAction::Reinstall;
        case ReleaseState::PendingInstall:
            return had_data ? ReleaseAction::Forget : ReleaseAction::Reinstall;
        case ReleaseState::PendingUpgrade:
        case ReleaseState::PendingRollback:
            if (release.last_deployed_revision > 0) {
                return ReleaseAction::Rollback;
            }
            return had_data ? ReleaseAction::Forget : ReleaseAction::Reinstall;
        case ReleaseState::Uninstalling:
            // With data nobody of ours began it: what it has not removed yet must stay.
            return had_data ? ReleaseAction::Forget : ReleaseAction::Uninstall;
        case ReleaseState::SupersededOnly:
            return ReleaseAction::Upgrade;
        case ReleaseState::Unknown:
            return had_data ? ReleaseAction::Forget : ReleaseAction::Reinstall;
    }
    return ReleaseAction::None;
}

}  // namespace souk
