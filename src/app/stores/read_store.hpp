#pragma once

#include "app/access/caller.hpp"
#include "app/ports/database.hpp"

#include <optional>
#include <string_view>

namespace souk::app {

/// A store and its running operation.
struct StoreView {
    Store store;
    std::optional<OperationId> operation;
};

/// A store by id, slug or name, of the caller's team, deleted ones by id included. Errors: NotFound.
class ReadStore {
public:
    explicit ReadStore(Database& database) : database_(database) {}
    Result<StoreView> operator()(std::string_view store, const Caller& caller) const;

private:
    Database& database_;
};

}  // namespace souk::app
