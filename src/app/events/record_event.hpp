#pragma once

#include "app/ports/database.hpp"
#include "core/store/store.hpp"

#include <string>
#include <string_view>

namespace souk::app {

/// What an event says beyond the store's own state.
struct EventDraft {
    std::string type;
    std::string step;
    std::string state;
    std::string reason;
    std::string message;
    std::string operation;
    std::string condition{};
};

/// The draft that tells a condition as it is.
EventDraft told(const Condition& condition);

/// Appends an event about `store` as it is now, in the caller's transaction.
Result<> record_event(Transaction& tx, const Store& store, EventDraft draft);

}  // namespace souk::app
