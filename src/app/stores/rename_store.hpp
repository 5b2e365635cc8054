#pragma once

#include "app/access/caller.hpp"
#include "app/ports/database.hpp"
#include "app/ports/signals.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace souk::app {

/// Changes what people call a store; slug, host and namespace stay. `expected_generation` is If-Match's:
/// another one is PreconditionFailed. Errors: InvalidInput (/name), Conflict "NameTaken", NotFound, Gone.
class RenameStore {
public:
    RenameStore(Database& database, Signals& signals) : database_(database), signals_(signals) {}
    Result<Store> operator()(std::string_view store, const std::string& name,
                             std::optional<std::int64_t> expected_generation, const Caller& caller) const;

private:
    Database& database_;
    Signals& signals_;
};

}  // namespace souk::app
