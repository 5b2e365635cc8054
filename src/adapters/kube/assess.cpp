#include "adapters/kube/assess.hpp"

#include "adapters/kube/api_errors.hpp"
#include "adapters/kube/names.hpp"
#include "core/engine/engine.hpp"

#include <algorithm>

namespace souk::kube {
namespace {

using namespace std::chrono_literals;

constexpr auto kUnschedulablePatience = 60s;

ObservedPart ready() { return {Readiness::Ready, {}, {}}; }
ObservedPart waiting(std::string reason, std::string message) {
    return {Readiness::Waiting, std::move(reason), std::move(message)};
}

bool is_rolled_out(const Workload& workload) {
    if (workload.observed_generation < workload.generation || workload.available < workload.wanted) {
        return false;
    }
    if (workload.stateful) {
        // OnDelete: old pods stay until somebody replaces them, and serve meanwhile.
        return workload.on_delete || workload.updated >= workload.wanted;
    }
    return workload.updated >= workload.wanted && workload.current <= workload.updated;
}

/// Why a workload's pods are not there, in the words of the first one that knows.
ObservedPart waiting_for(const Workload& workload, const StoreView& view, Timestamp now) {
    const std::string kind = workload.stateful ? "StatefulSet " : "Deployment ";
    std::string message = kind + workload.name + ": " + std::to_string(workload.available) + " of " +
                          std::to_string(workload.wanted) +
                          (workload.stateful ? " replicas are ready." : " replicas are available.");
    for (const Pod& pod : view.pods) {
        if (pod.component != workload.component || pod.deleting) {
            continue;
        }
        if (pod.unschedulable && now - pod.unschedulable_since > kUnschedulablePatience) {
            return waiting("Unschedulable", "Pod " + pod.name + " finds no node: " + pod.schedule_message);
        }
        if (!pod.ready && !pod.reason.empty()) {
            message += " Pod " + pod.name + ": " + pod.reason + ".";
            break;
        }
    }
    return waiting(workload.stateful ? "StatefulSetNotReady" : "DeploymentNotAvailable", std::move(message));
}

ReleaseState state_of(std::string_view status) {
    if (status == "deployed") {
        return ReleaseState::Deployed;
    }
    if (status == "failed") {
        return ReleaseState::Failed;
    }
    if (status == "pending-install") {
        return ReleaseState::PendingInstall;
    }
    if (status == "pending-upgrade") {
        return ReleaseState::PendingUpgrade;
    }
    if (status == "pending-rollback") {
        return ReleaseState::PendingRollback;
    }
    if (status == "uninstalling") {
        return ReleaseState::Uninstalling;
    }
    if (status == "superseded") {
        return ReleaseState::SupersededOnly;
    }
    return ReleaseState::Unknown;
}

bool is_pascal_case(std::string_view text) {
    return !text.empty() && text.size() <= 64 && text[0] >= 'A' && text[0] <= 'Z' &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
           });
}

}  // namespace

ObservedRelease assess_release(const std::vector<ReleaseRecord>& records) {
    ObservedRelease out;
    const ReleaseRecord* newest = nullptr;
    for (const ReleaseRecord& record : records) {
        if (newest == nullptr || record.version > newest->version) {
            newest = &record;
        }
        // Helm marks a revision superseded when a later one was deployed over it; so it had been deployed.
        if (record.status == "deployed" || record.status == "superseded") {
            out.last_deployed_revision = std::max(out.last_deployed_revision, record.version);
        }
    }
    if (newest == nullptr) {
        return out;
    }
    out.state = state_of(newest->status);
    out.revision = newest->version;
    out.digest = newest->digest;
    return out;
}

ObservedPart assess_data(const StoreView& view, const std::vector<std::string>& components, Timestamp now) {
    for (const std::string& component : components) {
        bool found = false;
        for (const Workload& workload : view.workloads) {
            if (!workload.stateful || workload.component != component) {
                continue;
            }
            found = true;
            if (!is_rolled_out(workload)) {
                return waiting_for(workload, view, now);
            }
        }
        if (!found) {
            return {Readiness::Absent, "StatefulSetAbsent",
                    "The StatefulSet of " + component + " does not exist yet."};
        }
    }
    return ready();
}

std::optional<Failure> parse_termination(std::string_view text) {
    const auto value = parse_json(text);
    if (!value) {
        return std::nullopt;
    }
    std::string reason = text_at(*value, {"reason"});
    std::string message = tidy_text(text_at(*value, {"message"}));
    if (!is_pascal_case(reason) || message.empty()) {
        return std::nullopt;
    }
    return Failure{std::move(reason), std::move(message)};
}

ObservedPart assess_setup(const StoreView& view, std::string_view component, Timestamp now) {
    const SetupJob* newest = nullptr;
    for (const SetupJob& job : view.jobs) {
        if (job.component == component && (newest == nullptr || job.created > newest->created)) {
            newest = &job;
        }
    }
    if (newest == nullptr) {
        return {Readiness::Absent, "SetupAbsent", "The setup Job does not exist yet."};
    }
    if (newest->complete) {
        return ready();
    }
    const Pod* last = nullptr;
    for (const Pod& pod : view.pods) {
        if (pod.owner == newest->name && (last == nullptr || pod.created > last->created)) {
            last = &pod;
        }
    }
    if (!newest->failed) {
        std::string message = "The setup runs.";
        if (last != nullptr && last->unschedulable &&
            now - last->unschedulable_since > kUnschedulablePatience) {
            return waiting("Unschedulable",
                           "Pod " + last->name + " finds no node: " + last->schedule_message);
        }
        if (last != nullptr && last->phase == "Pending") {
            message = "The setup starts." +
                      (last->reason.empty() ? "" : " Pod " + last->name + ": " + last->reason + ".");
        }
        return waiting("SetupRunning", std::move(message));
    }
    const Pod* told = nullptr;
    for (const Pod& pod : view.pods) {
        if (pod.owner == newest->name && !pod.termination.empty() &&
            (told == nullptr || pod.created > told->created)) {
            told = &pod;
        }
    }
    if (told != nullptr) {
        if (const auto why = parse_termination(told->termination)) {
            return {Readiness::Failed, why->reason, why->message};
        }
    }
    if (newest->failed_reason == "DeadlineExceeded") {
        return {Readiness::Failed, "SetupTimeout", "The setup did not end in time."};
    }
    return {Readiness::Failed, "SetupFailed",
            "The setup failed" + (newest->failed_message.empty() ? "." : ": " + newest->failed_message)};
}

ObservedPart assess_workloads(const StoreView& view, std::string_view release, Timestamp now) {
    bool any = false;
    for (const Workload& workload : view.workloads) {
        if (workload.instance != release) {
            continue;
        }
        any = true;
        if (!is_rolled_out(workload)) {
            return waiting_for(workload, view, now);
        }
    }
    if (!any) {
        return {Readiness::Absent, "WorkloadsAbsent", "No Deployment or StatefulSet exists yet."};
    }
    return ready();
}

ShopSize assess_shop(const StoreView& view, std::string_view release) {
    ShopSize shop;
    for (const Workload& workload : view.workloads) {
        if (workload.instance == release && workload.component != kClosedComponent) {
            shop.replicas += static_cast<int>(std::clamp<std::int64_t>(workload.wanted, 0, 10'000));
        }
    }
    shop.pods = static_cast<int>(std::count_if(view.pods.begin(), view.pods.end(), [](const Pod& pod) {
        return pod.component != kClosedComponent && pod.phase != "Succeeded" && pod.phase != "Failed";
    }));
    return shop;
}

ObservedPart assess_route(const Route& route) {
    if (route.accepted) {
        return ready();
    }
    return waiting("RouteNotAccepted", "The entry point has not taken the Ingress " + route.name + " yet.");
}

std::vector<std::string> without_pods(const StoreView& view) {
    std::vector<std::string> uids;
    for (const Workload& workload : view.workloads) {
        if (workload.stateful && workload.current < workload.wanted) {
            uids.push_back(workload.uid);
        }
    }
    for (const SetupJob& job : view.jobs) {
        if (!job.complete && !job.failed && job.active == 0 && job.ended == 0) {
            uids.push_back(job.uid);
        }
    }
    return uids;
}

}  // namespace souk::kube
