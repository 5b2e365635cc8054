#include "adapters/sql/receipt_table.hpp"

#include "adapters/sql/json_columns.hpp"

namespace souk::sql {

Result<> SqlReceiptTable::save(const Receipt& receipt) {
    return as_done(session_.connection.execute(
        "INSERT INTO receipts (store_id, store_name, slug, engine, requested_by, requested, completed, "
        "lines) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (store_id) DO UPDATE SET store_name = "
        "excluded.store_name, "
        "slug = excluded.slug, engine = excluded.engine, requested_by = excluded.requested_by, requested = "
        "excluded.requested, "
        "completed = excluded.completed, lines = excluded.lines",
        {receipt.store_id.str(), receipt.store_name, receipt.slug, receipt.engine, receipt.requested_by,
         receipt.requested, receipt.completed, to_json(receipt.lines)}));
}

Result<std::optional<Receipt>> SqlReceiptTable::find(const StoreId& store) {
    return fetch_one(session_.connection,
                     "SELECT store_name, slug, engine, requested_by, requested, completed, lines FROM "
                     "receipts WHERE store_id = $1",
                     {store.str()}, [&](Reader& row) -> Result<Receipt> {
                         Receipt receipt{.store_id = store,
                                         .store_name = row.text(),
                                         .slug = row.text(),
                                         .engine = row.text(),
                                         .requested_by = row.text()};
                         receipt.requested = row.time();
                         receipt.completed = row.maybe_time();
                         auto lines = receipt_lines_from_json(row.text());
                         if (!lines) {
                             return forward(std::move(lines));
                         }
                         receipt.lines = std::move(*lines);
                         return receipt;
                     });
}

}  // namespace souk::sql
