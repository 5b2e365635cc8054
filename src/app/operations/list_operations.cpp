#include "app/operations/list_operations.hpp"

#include "app/operations/cancel_operation.hpp"
#include "app/stores/find_store.hpp"

#include <cstddef>
#include <utility>

namespace souk::app {

Result<OperationPage> ListOperations::operator()(const OperationQuery& query, const Caller& caller) const {
    auto tx = database_.begin(Access::Read);
    if (!tx) {
        return forward(tx);
    }
    std::string store_id;
    if (!query.store.empty()) {
        const auto store = find_store(**tx, caller, query.store);
        if (!store) {
            return forward(store);
        }
        store_id = store->id.str();
    }
    auto operations = (*tx)->operations().list(
        {.team = caller.team, .store = store_id, .state = query.state, .kind = query.kind}, query.limit + 1,
        query.before, query.before_id);
    if (!operations) {
        return forward(operations);
    }
    OperationPage page{std::move(*operations), false};
    page.more = page.operations.size() > static_cast<std::size_t>(query.limit);
    if (page.more) {
        page.operations.pop_back();
    }
    return page;
}

Result<Operation> ReadOperation::operator()(std::string_view id, const Caller& caller) const {
    auto tx = database_.begin(Access::Read);
    if (!tx) {
        return forward(tx);
    }
    return find_operation(**tx, caller, id);
}

}  // namespace souk::app
