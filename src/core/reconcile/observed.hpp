#pragma once

#include "core/store/store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace souk {

/// What exists, seen in one look. A look that could not be taken is an error, never an empty Observed: absent
/// and unknown are different answers.
enum class NamespaceState { Absent, Ours, Terminating, Foreign };

/// Helm's release as its newest Secret in the namespace says.
enum class ReleaseState {
    Absent,
    Deployed,
    Failed,
    PendingInstall,
    PendingUpgrade,
    PendingRollback,
    Uninstalling,
    SupersededOnly,
    Unknown,
};

struct ObservedRelease {
    ReleaseState state = ReleaseState::Absent;
    int revision = 0;                // of the newest record
    int last_deployed_revision = 0;  // newest that ever was deployed; 0: none
    std::string digest;              // our label of the newest record
};

enum class Readiness {
    Absent,   // nothing of this kind exists yet
    Waiting,  // exists, not ready; see the message
    Ready,
    Failed,  // will not become ready without somebody's help; see the reason
};

/// A part of the store (data, setup, workloads, route) in one word and one sentence.
struct ObservedPart {
    Readiness state = Readiness::Absent;
    std::string reason;   // PascalCase, for Failed and for what is waited for
    std::string message;  // one sentence
};

/// Something that remains of a store that is being deleted.
struct ObservedRemnant {
    std::string kind;
    std::string name;
    std::string ns;
    std::string held_by;  // finalizers or what Kubernetes says, empty when nothing is known
};

struct Observed {
    NamespaceState ns = NamespaceState::Absent;
    std::string namespace_message;  // what holds a Terminating one, whose a foreign one is
    bool fence_current = false;     // all objects of the fence are there, as wanted
    bool secrets_complete = false;
    ObservedRelease release;
    ObservedPart data;
    ObservedPart setup;
    ObservedPart workloads;
    // Of the shop, which is all but the sign that stands at a suspended store's address.
    int shop_replicas = 0;  // pods that its Deployments and StatefulSets ask for
    int shop_pods = 0;      // pods that are there, those that are ending too
    bool route_exists = false;
    ObservedPart route;                // accepted by the controller (the HTTP answer is the checks' part)
    std::optional<Failure> blocked{};  // a pod that cannot start: image, quota, policy, crash loop
    std::vector<ObservedRemnant> remnants{};  // filled for deletions only
};

}  // namespace souk
