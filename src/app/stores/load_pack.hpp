#pragma once

#include "app/ports/database.hpp"
#include "app/ports/engines.hpp"
#include "core/store/store.hpp"

#include <memory>

namespace souk::app {

/// What the store is made of: the folder's engine when that is still the same, else the frozen copy of the
/// database. NotFound when neither is there.
Result<std::shared_ptr<const EnginePack>> load_pack(EngineCatalogue& engines, Transaction& tx,
                                                    const Store& store);

}  // namespace souk::app
