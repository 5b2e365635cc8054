#pragma once

#include "core/common/result.hpp"

#include <string_view>

namespace souk::sql {

/// The Conflict that a violated unique constraint means. `columns` as SQLite names them ("stores.team,
/// stores.name").
Error unique_violation(std::string_view columns);

}  // namespace souk::sql
