#pragma once

#include "adapters/kube/objects.hpp"
#include "core/engine/engine.hpp"
#include "core/reconcile/observed.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace souk::kube {

/// Everything of one store that runs, from the cache or from live lists.
struct StoreView {
    std::vector<Workload> workloads;
    std::vector<SetupJob> jobs;
    std::vector<Pod> pods;
    std::vector<Route> routes;
};

/// Metadata of one of Helm's records of a release.
struct ReleaseRecord {
    int version = 0;
    std::string status;  // Helm's own word
    std::string digest;
};

/// Pure: what the objects mean. Nothing here asks the cluster or the clock.
ObservedRelease assess_release(const std::vector<ReleaseRecord>& records);
/// Readiness::Absent when a component has no StatefulSet yet.
ObservedPart assess_data(const StoreView& view, const std::vector<std::string>& components, Timestamp now);
/// The newest Job of the component decides. A failed one says why by its pod's last words.
ObservedPart assess_setup(const StoreView& view, std::string_view component, Timestamp now);
ObservedPart assess_workloads(const StoreView& view, std::string_view release, Timestamp now);
/// Of a suspended store the sign at its address (component `closed`) stays; the rest is the shop.
struct ShopSize {
    int replicas = 0;  // asked for
    int pods = 0;      // not yet gone; the ended ones of a Job do not count
};
ShopSize assess_shop(const StoreView& view, std::string_view release);
ObservedPart assess_route(const Route& route);

/// What the part that is waited for is about: crash loops elsewhere may well be its consequence.
enum class Awaited { Data, Setup, Workloads };
/// A pod that cannot start without somebody's help.
std::optional<Failure> find_blocked(const StoreView& view, const Engine& engine, Awaited awaited,
                                    Timestamp now);
/// UIDs of workloads and Jobs that have fewer pods than they want: only then are their FailedCreate events
/// worth a look.
std::vector<std::string> without_pods(const StoreView& view);
/// An event of reason FailedCreate. It outlives its object by up to an hour, so that of the creation before a
/// retry is told from this one's by `uid`; the names are the same.
struct FailedCreate {
    std::string uid;
    std::string object;
    std::string message;
};
std::optional<Failure> find_refused(const StoreView& view, const std::vector<FailedCreate>& events);

/// The setup's own `{"reason": "...", "message": "..."}`, or nothing when it is not that.
std::optional<Failure> parse_termination(std::string_view text);

}  // namespace souk::kube
