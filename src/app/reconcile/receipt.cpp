#include "app/reconcile/receipt.hpp"

#include "app/reconcile/store_reconciler.hpp"

#include <algorithm>

namespace souk::app {
namespace {

bool same_object(const ReceiptLine& a, const ReceiptLine& b) {
    return a.kind == b.kind && a.name == b.name && a.ns == b.ns;
}

bool holds(const std::vector<ReceiptLine>& lines, const ReceiptLine& line) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const ReceiptLine& other) { return same_object(line, other); });
}

void merge(Receipt& receipt, const std::vector<ReceiptLine>& present, Timestamp now) {
    for (ReceiptLine& line : receipt.lines) {
        if (!line.gone && !holds(present, line)) {
            line.gone = now;
        }
    }
    for (const ReceiptLine& line : present) {
        if (!holds(receipt.lines, line)) {
            receipt.lines.push_back(line);
        }
    }
}

}  // namespace

Result<> update_receipt(Turn& turn) {
    const auto present = turn.tools.cluster.inventory(StoreRef::of(turn.store), turn.stop);
    if (!present) {
        return forward(present);
    }
    auto begun = turn.tools.database.begin(Access::Write);
    if (!begun) {
        return forward(begun);
    }
    Transaction& tx = **begun;
    auto found = tx.receipts().find(turn.store.id);
    if (!found) {
        return forward(found);
    }
    Receipt receipt =
        found->value_or(Receipt{.store_id = turn.store.id,
                                .store_name = turn.store.name.str(),
                                .slug = turn.store.slug.str(),
                                .engine = turn.store.engine,
                                .requested_by = turn.operation ? turn.operation->requested_by : "",
                                .requested = turn.operation ? turn.operation->created : tx.now()});
    merge(receipt, *present, tx.now());
    return tx.jobs()
        .require(turn.lease())
        .and_then([&] { return tx.receipts().save(receipt); })
        .and_then([&] { return tx.commit("receipt"); });
}

Result<> complete_receipt(Transaction& tx, const StoreId& store) {
    auto found = tx.receipts().find(store);
    if (!found) {
        return forward(found);
    }
    if (!found->has_value()) {
        return fail(ErrorCode::Internal, "a deletion ended without a receipt");
    }
    Receipt receipt = **found;
    merge(receipt, {}, tx.now());
    receipt.completed = receipt.completed.value_or(tx.now());
    return tx.receipts().save(receipt);
}

}  // namespace souk::app
