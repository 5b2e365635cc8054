#include "app/stores/list_stores.hpp"

#include <utility>

namespace souk::app {
namespace {

bool may_have_operation(Phase phase) {
    return phase != Phase::Ready && phase != Phase::Suspended && phase != Phase::Deleted;
}

}  // namespace

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
    for (Store& store : *rows) {
        if (page.stores.size() == wanted) {
            break;
        }
        StoreView view{std::move(store), std::nullopt};
        if (may_have_operation(view.store.phase)) {
            const auto running = (*tx)->operations().find_running(view.store.id);
            if (!running) {
                return forward(running);
            }
            if (running->has_value()) {
                view.operation = (*running)->id;
            }
        }
        page.stores.push_back(std::move(view));
    }
    return page;
}

}  // namespace souk::app
