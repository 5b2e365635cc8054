#pragma once

#include "app/access/caller.hpp"
#include "app/ports/database.hpp"
#include "app/ports/engines.hpp"
#include "app/stores/limits.hpp"
#include "core/plan/plan.hpp"

#include <memory>
#include <string>
#include <vector>

namespace souk::app {

struct NewStore {
    std::string name;
    std::string engine;
    std::string plan;
};

/// The same as values that are known to be good.
struct KnownStore {
    StoreName name;
    std::shared_ptr<const EnginePack> pack;
    Plan plan;
};

/// InvalidInput "InvalidStore" with every wrong field at once, so that a person fixes them in one go.
Result<KnownStore> parse_new_store(const NewStore& input, const EngineCatalogue& engines,
                                   const std::vector<Plan>& plans);

/// The slug it would get in this transaction: that of its name, numbered when another team's store has it.
/// QuotaExceeded "StoreLimit"; Conflict "NameTaken" (the message names the other store's id) or "SlugTaken".
Result<Slug> find_room(Transaction& tx, const StoreName& name, const Caller& caller, const Limits& limits);

}  // namespace souk::app
