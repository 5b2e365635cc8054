#pragma once

#include <functional>
#include <string_view>

namespace souk::sql {

enum class CommitMoment { Before, After };

/// Called around each commit with its name ("create_store", "migration/3"). A test kills the process in it;
/// it must not throw.
using CommitHook = std::function<void(std::string_view name, CommitMoment moment)>;

}  // namespace souk::sql
