#pragma once

#include "core/common/id.hpp"
#include "core/common/time.hpp"
#include "core/store/step.hpp"
#include "core/store/store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace souk {

enum class OperationKind { Create, Retry, Suspend, Resume, Restart, Delete };
enum class OperationState { Running, Succeeded, Failed, Aborted };

constexpr std::string_view to_string(OperationKind kind) {
    switch (kind) {
        case OperationKind::Create:
            return "store.create";
        case OperationKind::Retry:
            return "store.retry";
        case OperationKind::Suspend:
            return "store.suspend";
        case OperationKind::Resume:
            return "store.resume";
        case OperationKind::Restart:
            return "store.restart";
        case OperationKind::Delete:
            return "store.delete";
    }
    return "";
}

constexpr std::string_view to_string(OperationState state) {
    switch (state) {
        case OperationState::Running:
            return "running";
        case OperationState::Succeeded:
            return "succeeded";
        case OperationState::Failed:
            return "failed";
        case OperationState::Aborted:
            return "aborted";  // a deletion pre-empted it
    }
    return "";
}

constexpr std::optional<OperationKind> parse_operation_kind(std::string_view text) {
    for (const auto kind : {OperationKind::Create, OperationKind::Retry, OperationKind::Suspend,
                            OperationKind::Resume, OperationKind::Restart, OperationKind::Delete}) {
        if (to_string(kind) == text) {
            return kind;
        }
    }
    return std::nullopt;
}

constexpr std::optional<OperationState> parse_operation_state(std::string_view text) {
    for (const auto state : {OperationState::Running, OperationState::Succeeded, OperationState::Failed,
                             OperationState::Aborted}) {
        if (to_string(state) == text) {
            return state;
        }
    }
    return std::nullopt;
}

/// What an API client follows. At most one per store is running (a unique index keeps it so).
struct Operation {
    OperationId id;
    OperationKind kind = OperationKind::Create;
    StoreId store_id;
    std::string team = "default";
    OperationState state = OperationState::Running;
    std::vector<StepRecord> steps{};  // the store's, copied with each change
    std::optional<Failure> error{};
    std::string requested_by;
    Timestamp created{};
    Timestamp updated{};
    std::optional<Timestamp> ended{};
    std::string store_name{};  // the store's name at the time of reading; not written
};

}  // namespace souk
