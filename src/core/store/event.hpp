#pragma once

#include "core/common/id.hpp"
#include "core/common/time.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace souk {

/// A numbered fact for people and screens, written with the change it reports, in its transaction. `type` is
/// dotted and never renamed: store.requested, store.phase, store.ready, store.step, store.condition,
/// store.renamed, store.deleted, store.credentials_revealed, operation.started, operation.cancelling,
/// operation.ended.
struct Event {
    std::int64_t number = 0;     // global, in commit order; streams resume from it. Given at publication
    std::int64_t store_seq = 0;  // per store, 1, 2, 3...
    StoreId store_id;
    std::string team = "default";
    std::string type;
    std::string phase;        // the store's phase after the change
    std::string step;         // empty when no step is concerned
    std::string condition{};  // the type of the condition, of store.condition only
    std::string state;        // of the step or operation; or "true"/"false" of a condition
    std::string reason;       // PascalCase or empty
    std::string message;      // one sentence, never a secret
    int percent = 0;
    std::int64_t store_version = 0;
    std::string operation;  // id or empty
    Timestamp time{};
    std::string store_name{};  // the store's name at the time of reading; not written
};

}  // namespace souk
