#pragma once

#include "app/access/caller.hpp"
#include "app/ports/database.hpp"
#include "app/ports/engines.hpp"
#include "app/stores/check_new_store.hpp"
#include "app/stores/limits.hpp"
#include "core/plan/plan.hpp"

#include <memory>
#include <string>
#include <vector>

namespace souk::app {

/// One object that a creation would make.
struct Makes {
    std::string kind;
    std::string name;     // empty where only the creation decides it
    std::string purpose;  // one sentence for a person
};

struct Validation {
    StoreName name;
    Slug slug;
    std::string host;
    std::shared_ptr<const EnginePack> pack;
    Plan plan;
    std::vector<Makes> makes;  // in the order of making
    bool waits = false;        // for a place in Provisioning
};

/// What CreateStore would make now, with its errors; writes nothing.
class ValidateStore {
public:
    ValidateStore(Database& database, const EngineCatalogue& engines, const std::vector<Plan>& plans,
                  const ClusterSettings& cluster, const Limits& limits)
        : database_(database), engines_(engines), plans_(plans), cluster_(cluster), limits_(limits) {}

    Result<Validation> operator()(const NewStore& input, const Caller& caller) const;

private:
    Database& database_;
    const EngineCatalogue& engines_;
    const std::vector<Plan>& plans_;
    const ClusterSettings& cluster_;
    const Limits& limits_;
};

}  // namespace souk::app
