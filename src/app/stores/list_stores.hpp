#pragma once

#include "app/access/caller.hpp"
#include "app/ports/database.hpp"
#include "app/stores/read_store.hpp"

#include <vector>

namespace souk::app {

struct StorePage {
    std::vector<StoreView> stores;
    bool more = false;
};

/// One page of the caller's stores with their running operations, by one query; the query's team is replaced
/// by the caller's.
class ListStores {
public:
    explicit ListStores(Database& database) : database_(database) {}
    Result<StorePage> operator()(StoreQuery query, const Caller& caller) const;

private:
    Database& database_;
};

}  // namespace souk::app
