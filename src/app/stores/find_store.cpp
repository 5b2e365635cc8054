#include "app/stores/find_store.hpp"

namespace souk::app {

Result<Store> find_store(Transaction& tx, const Caller& caller, std::string_view text) {
    const auto missing = [] { return fail(ErrorCode::NotFound, "there is no such store", "StoreNotFound"); };
    if (const auto id = StoreId::parse(text)) {
        auto store = tx.stores().load(*id);
        if (!store) {
            return store.error().code == ErrorCode::NotFound ? Result<Store>(missing())
                                                             : Result<Store>(forward(store));
        }
        if (store->team != caller.team) {
            return missing();
        }
        return store;
    }
    auto found = tx.stores().find_by_slug(caller.team, text);
    if (found && !found->has_value()) {
        found = tx.stores().find_by_name(caller.team, text);
    }
    if (!found) {
        return forward(found);
    }
    if (!found->has_value()) {
        return missing();
    }
    return **std::move(found);
}

Result<Store> find_living_store(Transaction& tx, const Caller& caller, std::string_view text) {
    auto store = find_store(tx, caller, text);
    if (store && store->phase == Phase::Deleted) {
        return fail(ErrorCode::Gone, "the store was deleted", "StoreDeleted");
    }
    return store;
}

Result<Store> find_store(Database& database, const Caller& caller, std::string_view text) {
    auto tx = database.begin(Access::Read);
    if (!tx) {
        return forward(tx);
    }
    return find_store(**tx, caller, text);
}

}  // namespace souk::app
