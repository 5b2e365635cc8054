#pragma once

#include "app/access/caller.hpp"
#include "app/ports/database.hpp"

#include <string_view>

namespace souk::app {

/// The receipt of a deletion, from its beginning for ever. Errors: NotFound ("NoReceipt" when no deletion has
/// begun).
class ReadReceipt {
public:
    explicit ReadReceipt(Database& database) : database_(database) {}
    Result<Receipt> operator()(std::string_view store, const Caller& caller) const;

private:
    Database& database_;
};

}  // namespace souk::app
