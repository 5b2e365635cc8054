#include "app/stores/list_stores.hpp"

#include <utility>

namespace souk::app {
Result<StorePage> ListStores::operator()(StoreQuery query, const Caller& caller) const {
    auto tx = database_.begin(Access::Read);
    if (!tx) {
        return forward(tx);
    }
    query.team = caller.team;
    const auto wanted = static_cast<std::size_t>(query.limit);
    ++query.limit;  // one more tells whether there is a next page
    auto rows = (*tx)->stores().list(query);
    if (!rows) {
        return forward(rows);
    }
    StorePage page;
    page.more = rows->size() > wanted;
    for (ListedStore& row : *rows) {
        if (page.stores.size() == wanted) {
            break;
        }
        page.stores.push_back({std::move(row.store), std::move(row.operation)});
    }
    return page;
}

}  // namespace souk::app
