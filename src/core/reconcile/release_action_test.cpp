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
        Row{"absent_install", {S::Absent, 0, 0, ""}, false, A::Install},
        Row{"deployed_same_verify", {S::Deployed, 1, 1, "a"}, true, A::None},
        Row{"deployed_other_upgrade", {S::Deployed, 1, 1, "b"}, true, A::Upgrade},
        Row{"failed_first_reinstall", {S::Failed, 1, 0, "a"}, false, A::Reinstall},
        Row{"failed_first_with_data_upgrade", {S::Failed, 1, 0, "a"}, true, A::Upgrade},
        Row{"failed_later_upgrade", {S::Failed, 3, 2, "a"}, true, A::Upgrade},
        Row{"pending_install_reinstall", {S::PendingInstall, 1, 0, "a"}, false, A::Reinstall},
        Row{"pending_install_with_data_upgrade", {S::PendingInstall, 1, 0, "a"}, true, A::Upgrade},
        Row{"pending_upgrade_rollback", {S::PendingUpgrade, 2, 1, "a"}, true, A::Rollback},
        Row{"pending_upgrade_nothing_to_go_back_to", {S::PendingUpgrade, 2, 0, "a"}, false, A::Reinstall},
        Row{"pending_rollback_rollback", {S::PendingRollback, 3, 1, "a"}, true, A::Rollback},
        Row{"uninstalling_again", {S::Uninstalling, 1, 1, "a"}, false, A::Uninstall},
        Row{"superseded_only_upgrade", {S::SupersededOnly, 2, 2, "a"}, true, A::Upgrade},
        Row{"unknown_reinstall", {S::Unknown, 1, 0, ""}, false, A::Reinstall},
        Row{"unknown_with_data_upgrade", {S::Unknown, 1, 0, ""}, true, A::Upgrade}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace souk
