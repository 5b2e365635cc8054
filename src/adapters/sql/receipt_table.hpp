#pragma once

#include "adapters/sql/connection.hpp"
#include "app/ports/database.hpp"

namespace souk::sql {

class SqlReceiptTable final : public app::ReceiptTable {
public:
    explicit SqlReceiptTable(const Session& session) : session_(session) {}

    Result<> save(const Receipt& receipt) override;
    Result<std::optional<Receipt>> find(const StoreId& store) override;

private:
    const Session& session_;
};

}  // namespace souk::sql
