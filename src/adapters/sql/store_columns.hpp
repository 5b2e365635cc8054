#pragma once

#include "adapters/sql/connection.hpp"
#include "core/store/store.hpp"

#include <string_view>

namespace souk::sql {

/// In the order that `read_store` reads.
inline constexpr std::string_view kStoreColumns =
    "id, cluster, team, name, slug, namespace, engine, engine_version, pack_digest, plan, phase, "
    "deletion_wanted, cancel_wanted, "
    "generation, version, created, updated, deadline, admitted, checks_passed, first_ready, deleted, "
    "failure_reason, "
    "failure_message, hosts, conditions, steps, created_name, waiting_since, "
    "suspension_wanted, restarted";

/// Internal when the row holds what this version cannot read.
Result<Store> read_store(Reader& row);

}  // namespace souk::sql
