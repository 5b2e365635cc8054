#include "app/stores/read_store.hpp"

#include "app/stores/find_store.hpp"

#include <utility>

namespace souk::app {

Result<StoreView> ReadStore::operator()(std::string_view id, const Caller& caller) const {
    auto tx = database_.begin(Access::Read);
    if (!tx) {
        return forward(tx);
    }
    auto store = find_store(**tx, caller, id);
    if (!store) {
        return forward(store);
    }
    auto running = (*tx)->operations().find_running(store->id);
    if (!running) {
        return forward(running);
    }
    StoreView view{std::move(*store), std::nullopt};
    if (running->has_value()) {
        view.operation = (*running)->id;
    }
    return view;
}

}  // namespace souk::app
