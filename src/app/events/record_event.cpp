#include "app/events/record_event.hpp"

#include <utility>

namespace souk::app {

EventDraft told(const Condition& condition) {
    return {.type = "store.condition",
            .step = {},
            .state = condition.status ? "true" : "false",
            .reason = condition.reason,
            .message = condition.message,
            .operation = {},
            .condition = condition.type};
}

Result<> record_event(Transaction& tx, const Store& store, EventDraft draft) {
    Event event{.store_id = store.id,
                .team = store.team,
                .type = std::move(draft.type),
                .phase = std::string(to_string(store.phase)),
                .step = std::move(draft.step),
                .condition = std::move(draft.condition),
                .state = std::move(draft.state),
                .reason = std::move(draft.reason),
                .message = std::move(draft.message),
                .percent = percent_done(store.steps),
                .store_version = store.version,
                .operation = std::move(draft.operation),
                .time = tx.now()};
    return tx.events().append(event);
}

}  // namespace souk::app
