#pragma once

#include "app/access/caller.hpp"
#include "app/ports/database.hpp"

#include <string_view>

namespace souk::app {

/// A store by id, slug or name, in the caller's team. An id of another team is NotFound like one that never
/// was. Deleted stores are found by id only.
Result<Store> find_store(Transaction& tx, const Caller& caller, std::string_view id_or_slug_or_name);

/// The same, but a deleted one is Gone: nothing can be done with it any more.
Result<Store> find_living_store(Transaction& tx, const Caller& caller, std::string_view id_or_slug_or_name);

/// find_store in a transaction of its own.
Result<Store> find_store(Database& database, const Caller& caller, std::string_view id_or_slug_or_name);

}  // namespace souk::app
