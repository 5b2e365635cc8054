#pragma once

#include "app/access/caller.hpp"
#include "app/ports/database.hpp"
#include "app/ports/ids.hpp"
#include "app/ports/signals.hpp"
#include "app/stores/accepted.hpp"

#include <string_view>

namespace souk::app {

/// The store is Deleting at once; whatever ran is aborted. Asking again gives the same operation.
/// `confirmation` must be the store's name. Errors: NotFound, Gone, InvalidInput (confirmation).
class DeleteStore {
public:
    DeleteStore(Database& database, IdSource& ids, Signals& signals)
        : database_(database), ids_(ids), signals_(signals) {}
    Result<Accepted> operator()(std::string_view store, std::string_view confirmation, const Caller& caller,
                                const RenderAccepted& render) const;

private:
    Database& database_;
    IdSource& ids_;
    Signals& signals_;
};

}  // namespace souk::app
