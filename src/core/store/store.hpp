#pragma once

#include "core/common/id.hpp"
#include "core/common/time.hpp"
#include "core/store/names.hpp"
#include "core/store/phase.hpp"
#include "core/store/step.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace souk {

/// A fact about a store. `type` and `reason` are PascalCase and stable; `message` is one sentence for a
/// person.
struct Condition {
    std::string type;  // Available, ChecksPassed, Stalled, NeedsAttention, Waiting, ...
    bool status = false;
    std::string reason;
    std::string message;
    Timestamp changed{};  // when `status` last changed

    friend bool operator==(const Condition&, const Condition&) = default;
};

/// Sets a condition; `changed` moves only with the status. Returns whether anything but the time is new.
bool set_condition(std::vector<Condition>& conditions, Condition condition);
const Condition* find_condition(const std::vector<Condition>& conditions, std::string_view type);

/// Why a store is Failed or Degraded.
struct Failure {
    std::string reason;   // ImagePullFailed, QuotaExceeded, SetupFailed, CheckFailed, Timeout, Cancelled, ...
    std::string message;  // one sentence for a person

    friend bool operator==(const Failure&, const Failure&) = default;
};

/// One row of `stores`: the wish and what is known of reality.
struct Store {
    StoreId id;
    std::string cluster = "default";
    std::string team = "default";
    StoreName name;          // what people call it now
    StoreName created_name;  // what its release was told: a rename must restart nothing
    Slug slug;
    NamespaceName ns;
    std::string engine;
    std::string engine_version;
    std::string pack_digest;  // the pack this store is made of, for ever or until an upgrade
    std::string plan;
    std::vector<std::string> hosts{};  // first one never changes
    Phase phase = Phase::Requested;
    bool deletion_wanted = false;
    bool cancel_wanted = false;
    bool suspension_wanted = false;  // nothing of the shop runs, its data stays
    std::vector<Condition> conditions{};
    std::vector<StepRecord> steps{};
    std::optional<Failure> failure{};
    std::int64_t generation = 1;  // people's edits
    std::int64_t version = 1;     // every write
    Timestamp created{};
    Timestamp updated{};
    std::optional<Timestamp> deadline{};       // of the running provisioning, update or deletion
    std::optional<Timestamp> waiting_since{};  // stands in the line for a place in Provisioning
    std::optional<Timestamp> admitted{};       // when its time in Provisioning began (the last time)
    std::optional<Timestamp> checks_passed{};  // a fact that cannot be observed again
    std::optional<Timestamp> first_ready{};    // after this nothing with data is removed by itself
    std::optional<Timestamp> restarted{};      // a person's last wish for a restart; part of the release
    std::optional<Timestamp> deleted{};
};

/// The one place that moves a phase: refuses what the table forbids (an Internal error: a bug of ours).
Result<> move_phase(Store& store, Phase to);

}  // namespace souk
