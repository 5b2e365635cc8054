#include "adapters/kube/objects.hpp"

#include "adapters/kube/names.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace souk::kube {
namespace {

constexpr std::size_t kTerminationMax = 4096;  // Kubernetes' own limit

const json::value* find_condition(const json::value& object, std::string_view type) {
    for (const json::value& condition : array_at(object, {"status", "conditions"})) {
        if (text_at(condition, {"type"}) == type) {
            return &condition;
        }
    }
    return nullptr;
}

bool condition_is_true(const json::value* condition) {
    return condition != nullptr && text_at(*condition, {"status"}) == "True";
}

/// A number of pods: Kubernetes keeps them in 32 bits, and only such numbers can be added up safely.
std::int64_t count_at(const json::value& object, Path path) {
    return std::clamp<std::int64_t>(number_at(object, path), 0, std::numeric_limits<std::int32_t>::max());
}

/// "not well": waiting, or ended with an error.
struct Trouble {
    std::string reason;
    std::string message;
};

Trouble trouble_of(const json::value& status) {
    if (const json::value* waiting = find_at(status, {"state", "waiting"})) {
        return {text_at(*waiting, {"reason"}), tidy_text(text_at(*waiting, {"message"}))};
    }
    if (const json::value* ended = find_at(status, {"state", "terminated"})) {
        if (number_at(*ended, {"exitCode"}) != 0) {
            return {text_at(*ended, {"reason"}),
                    "exit code " + std::to_string(number_at(*ended, {"exitCode"}))};
        }
    }
    return {};
}

/// Being made is the ordinary start, not a trouble to report while another container has a real one.
bool is_ordinary(std::string_view reason) {
    return reason.empty() || reason == "ContainerCreating" || reason == "PodInitializing";
}

void read_container(const json::value& status, Pod& pod) {
    const auto restarts =
        static_cast<int>(std::clamp<std::int64_t>(number_at(status, {"restartCount"}), 0, 1'000'000));
    pod.restarts = std::max(pod.restarts, restarts);
    if (restarts > 0) {
        pod.container_restarts[text_at(status, {"name"})] = restarts;
    }
    Trouble trouble = trouble_of(status);
    if (trouble.reason.empty() ||
        (!pod.reason.empty() && (is_ordinary(trouble.reason) || !is_ordinary(pod.reason)))) {
        return;
    }
    pod.reason = std::move(trouble.reason);
    pod.message = std::move(trouble.message);
    pod.container = text_at(status, {"name"});
    pod.image = text_at(status, {"image"});
}

void read_termination(const json::value& status, Pod& pod) {
    if (number_at(status, {"state", "terminated", "exitCode"}) != 0 && pod.termination.empty()) {
        pod.termination = text_at(status, {"state", "terminated", "message"}).substr(0, kTerminationMax);
    }
}

std::string what_holds(const json::value& object) {
    std::string message;
    for (const json::value& condition : array_at(object, {"status", "conditions"})) {
        const std::string type = text_at(condition, {"type"});
        const bool holds = type == "NamespaceContentRemaining" || type == "NamespaceFinalizersRemaining" ||
                           type == "NamespaceDeletionDiscoveryFailure" ||
                           type == "NamespaceDeletionContentFailure" ||
                           type == "NamespaceDeletionGroupVersionParsingFailure";
        if (holds && text_at(condition, {"status"}) == "True") {
            message += (message.empty() ? "" : " ") + text_at(condition, {"message"});
        }
    }
    return tidy_text(message);
}

}  // namespace

Workload read_workload(const json::value& object, bool stateful) {
    Workload out;
    out.stateful = stateful;
    out.name = text_at(object, {"metadata", "name"});
    out.uid = text_at(object, {"metadata", "uid"});
    out.component = label_of(object, kComponent);
    out.instance = label_of(object, kInstance);
    out.generation = number_at(object, {"metadata", "generation"});
    out.observed_generation = number_at(object, {"status", "observedGeneration"});
    out.wanted = number_at(object, {"spec", "replicas"}, 1);
    out.current = number_at(object, {"status", "replicas"});
    out.updated = number_at(object, {"status", "updatedReplicas"});
    out.available = number_at(object, {"status", "availableReplicas"});
    out.on_delete = text_at(object, {"spec", "updateStrategy", "type"}) == "OnDelete";
    if (const json::value* failure = find_condition(object, "ReplicaFailure"); condition_is_true(failure)) {
        out.refusal = tidy_text(text_at(*failure, {"message"}));
    }
    return out;
}

SetupJob read_job(const json::value& object) {
    SetupJob out;
    out.name = text_at(object, {"metadata", "name"});
    out.uid = text_at(object, {"metadata", "uid"});
    out.component = label_of(object, kComponent);
    out.created = time_at(object, {"metadata", "creationTimestamp"});
    out.complete = condition_is_true(find_condition(object, "Complete"));
    if (const json::value* failed = find_condition(object, "Failed"); condition_is_true(failed)) {
        out.failed = true;
        out.failed_reason = text_at(*failed, {"reason"});
        out.failed_message = tidy_text(text_at(*failed, {"message"}));
    }
    out.active = count_at(object, {"status", "active"});
    out.ended = count_at(object, {"status", "succeeded"}) + count_at(object, {"status", "failed"});
    return out;
}

Pod read_pod(const json::value& object) {
    Pod out;
    out.name = text_at(object, {"metadata", "name"});
    out.component = label_of(object, kComponent);
    for (const json::value& owner : array_at(object, {"metadata", "ownerReferences"})) {
        if (flag_at(owner, {"controller"})) {
            out.owner = text_at(owner, {"name"});
        }
    }
    out.phase = text_at(object, {"status", "phase"});
    out.ready = condition_is_true(find_condition(object, "Ready"));
    out.deleting = find_at(object, {"metadata", "deletionTimestamp"}) != nullptr;
    out.created = time_at(object, {"metadata", "creationTimestamp"});
    out.started = time_at(object, {"status", "startTime"});
    for (const json::value& status : array_at(object, {"status", "initContainerStatuses"})) {
        read_container(status, out);
    }
    for (const json::value& status : array_at(object, {"status", "containerStatuses"})) {
        read_container(status, out);
    }
    if (out.phase == "Failed") {
        for (const json::value& status : array_at(object, {"status", "initContainerStatuses"})) {
            read_termination(status, out);
        }
        for (const json::value& status : array_at(object, {"status", "containerStatuses"})) {
            read_termination(status, out);
        }
        if (out.reason.empty()) {
            out.reason = text_at(object, {"status", "reason"});  // Evicted, DeadlineExceeded
            out.message = tidy_text(text_at(object, {"status", "message"}));
        }
    }
    if (const json::value* scheduled = find_condition(object, "PodScheduled");
        scheduled != nullptr && text_at(*scheduled, {"status"}) == "False" &&
        text_at(*scheduled, {"reason"}) == "Unschedulable") {
        out.unschedulable = true;
        out.unschedulable_since = time_at(*scheduled, {"lastTransitionTime"});
        out.schedule_message = tidy_text(text_at(*scheduled, {"message"}));
    }
    for (const json::value& container : array_at(object, {"spec", "containers"})) {
        out.containers.push_back(text_at(container, {"name"}));
    }
    return out;
}

Route read_route(const json::value& object) {
    Route out;
    out.name = text_at(object, {"metadata", "name"});
    for (const json::value& rule : array_at(object, {"spec", "rules"})) {
        out.hosts.push_back(text_at(rule, {"host"}));
    }
    out.accepted = !array_at(object, {"status", "loadBalancer", "ingress"}).empty();
    return out;
}

Claim read_claim(const json::value& object) {
    return {text_at(object, {"metadata", "name"}), text_at(object, {"status", "phase"}),
            text_at(object, {"spec", "volumeName"})};
}

Space read_space(const json::value& object) {
    Space out;
    out.name = text_at(object, {"metadata", "name"});
    out.uid = text_at(object, {"metadata", "uid"});
    out.resource_version = text_at(object, {"metadata", "resourceVersion"});
    out.manager = label_of(object, kManagedBy);
    out.store = label_of(object, kStore);
    out.enforce = label_of(object, std::string(kPodSecurity) + "enforce");
    out.fence = annotation_of(object, kFence);
    out.fence_objects = annotation_of(object, kFenceState);
    out.hosts = annotation_of(object, kHosts);
    out.epoch = annotation_of(object, kEpoch);
    out.terminating = find_at(object, {"metadata", "deletionTimestamp"}) != nullptr;
    if (out.terminating) {
        out.message = what_holds(object);
    }
    return out;
}

}  // namespace souk::kube
