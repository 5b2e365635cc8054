#include "core/reconcile/release_action.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace souk {
namespace {

struct Row {
    const char* name;
    ObservedRelease release;
    bool had_data;
    ReleaseAction action;
};

std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }

class ReleaseActionTable : public ::testing::TestWithParam<Row> {};

TEST_P(ReleaseActionTable, IsAsTheRecoveryTableSays) {
    const Row& row = GetParam();
    EXPECT_EQ(to_string(next_release_action(row.release, "a", row.had_data)), to_string(row.action));
}

using S = ReleaseState;
using A = ReleaseAction;
INSTANTIATE_TEST_SUITE_P(
    C12, ReleaseActionTable,
    ::testing::Values(
        Row{"absent", {S::Absent, 0, 0, ""}, false, A::Install},
        Row{"absent_with_data", {S::Absent, 0, 0, ""}, true, A::Install},
        Row{"deployed_same", {S::Deployed, 1, 1, "a"}, false, A::None},
        Row{"deployed_same_with_data", {S::Deployed, 1, 1, "a"}, true, A::None},
        Row{"deployed_other", {S::Deployed, 1, 1, "b"}, false, A::Upgrade},
        Row{"deployed_other_with_data", {S::Deployed, 1, 1, "b"}, true, A::Upgrade},
        Row{"failed_first", {S::Failed, 1, 0, "a"}, false, A::Reinstall},
        Row{"failed_first_with_data", {S::Failed, 1, 0, "a"}, true, A::Upgrade},
        Row{"failed_later", {S::Failed, 3, 2, "a"}, false, A::Upgrade},
        Row{"failed_later_with_data", {S::Failed, 3, 2, "a"}, true, A::Upgrade},
        Row{"pending_install", {S::PendingInstall, 1, 0, "a"}, false, A::Reinstall},
        Row{"pending_install_with_data", {S::PendingInstall, 1, 0, "a"}, true, A::Forget},
        Row{"pending_upgrade", {S::PendingUpgrade, 2, 1, "a"}, false, A::Rollback},
        Row{"pending_upgrade_with_data", {S::PendingUpgrade, 2, 1, "a"}, true, A::Rollback},
        Row{"pending_upgrade_of_nothing", {S::PendingUpgrade, 2, 0, "a"}, false, A::Reinstall},
        Row{"pending_upgrade_of_nothing_with_data", {S::PendingUpgrade, 2, 0, "a"}, true, A::Forget},
        Row{"pending_rollback", {S::PendingRollback, 3, 1, "a"}, false, A::Rollback},
        Row{"pending_rollback_with_data", {S::PendingRollback, 3, 1, "a"}, true, A::Rollback},
        Row{"pending_rollback_to_nothing", {S::PendingRollback, 3, 0, "a"}, false, A::Reinstall},
        Row{"pending_rollback_to_nothing_with_data", {S::PendingRollback, 3, 0, "a"}, true, A::Forget},
        Row{"uninstalling", {S::Uninstalling, 1, 1, "a"}, false, A::Uninstall},
        Row{"uninstalling_with_data", {S::Uninstalling, 1, 1, "a"}, true, A::Forget},
        Row{"superseded_only", {S::SupersededOnly, 2, 2, "a"}, false, A::Upgrade},
        Row{"superseded_only_with_data", {S::SupersededOnly, 2, 2, "a"}, true, A::Upgrade},
        Row{"unknown", {S::Unknown, 1, 0, ""}, false, A::Reinstall},
        Row{"unknown_with_data", {S::Unknown, 1, 0, ""}, true, A::Forget}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace souk
