#include "app/stores/read_receipt.hpp"

#include "app/stores/find_store.hpp"

#include <utility>

namespace souk::app {

Result<Receipt> ReadReceipt::operator()(std::string_view id, const Caller& caller) const {
    auto tx = database_.begin(Access::Read);
    if (!tx) {
        return forward(tx);
    }
    const auto store = find_store(**tx, caller, id);
    if (!store) {
        return forward(store);
    }
    auto receipt = (*tx)->receipts().find(store->id);
    if (!receipt) {
        return forward(receipt);
    }
    if (!receipt->has_value()) {
        return fail(ErrorCode::NotFound, "the store has no receipt: its deletion has not begun", "NoReceipt");
    }
    return **std::move(receipt);
}

}  // namespace souk::app
