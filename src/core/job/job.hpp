#pragma once

#include "core/common/id.hpp"
#include "core/common/result.hpp"
#include "core/common/time.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace souk {

enum class JobState { Ready, Running, Snoozed, Stalled, Done };

constexpr std::string_view to_string(JobState state) {
    switch (state) {
        case JobState::Ready:
            return "ready";
        case JobState::Running:
            return "running";
        case JobState::Snoozed:
            return "snoozed";
        case JobState::Stalled:
            return "stalled";
        case JobState::Done:
            return "done";
    }
    return "";
}

inline constexpr std::string_view kStoreReconcile = "store.reconcile";

/// The claim on a job: every write of a step carries it, so that a worker that lost it can change nothing.
struct Lease {
    JobId job;
    std::int64_t epoch = 0;
};

/// A claimed job. Every living store has exactly one of kind `store.reconcile`.
struct Job {
    Lease lease;
    std::string kind;
    StoreId store_id;
    int attempt = 0;            // this one included
    std::int64_t wake_seq = 0;  // at the claim: a snooze compares it, so that no wake is lost
    Timestamp lease_until{};
};

// What a turn of a job ends with.
struct Done {};  // never again
struct Retry {
    Error why;
};  // counts as an attempt, backs off
struct Snooze {
    std::chrono::milliseconds delay;
};  // a wake ends it early; the attempt is given back
struct GiveBack {};  // clean stop: ready at once, the attempt is given back
using Outcome = std::variant<Done, Retry, Snooze, GiveBack>;

}  // namespace souk
