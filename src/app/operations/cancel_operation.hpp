#pragma once

#include "app/access/caller.hpp"
#include "app/ports/database.hpp"
#include "app/ports/signals.hpp"

#include <string_view>

namespace souk::app {

/// Asks a running creation (or retry) to end as Failed with reason Cancelled. Repeating it is success.
/// Errors: NotFound, Conflict "NotCancellable" (deletion, suspension, resume and restart go forward only;
/// an ended operation stays as it ended).
class CancelOperation {
public:
    CancelOperation(Database& database, Signals& signals) : database_(database), signals_(signals) {}
    Result<Operation> operator()(std::string_view operation, const Caller& caller) const;

private:
    Database& database_;
    Signals& signals_;
};

/// An operation of the caller's team; NotFound otherwise.
Result<Operation> find_operation(Transaction& tx, const Caller& caller, std::string_view id);

}  // namespace souk::app
