// Which pods cannot start without somebody's help.
#include "adapters/kube/api_errors.hpp"
#include "adapters/kube/assess.hpp"

#include <algorithm>

namespace souk::kube {
namespace {

using namespace std::chrono_literals;

// A registry that hiccups once, or a ConfigMap that comes a second after its pod, is not a failure.
constexpr auto kPatience = 30s;
constexpr int kCrashes = 5;

bool lasts(const Pod& pod, Timestamp now) {
    const Timestamp since = pod.started == Timestamp{} ? pod.created : pod.started;
    return now - since > kPatience;
}

bool is_image_trouble(const Pod& pod, Timestamp now) {
    if (pod.reason == "ImagePullBackOff" || pod.reason == "InvalidImageName" ||
        pod.reason == "ErrImageNeverPull") {
        return true;
    }
    return (pod.reason == "ErrImagePull" || pod.reason == "ImageInspectError" ||
            pod.reason == "RegistryUnavailable") &&
           lasts(pod, now);
}

bool crash_counts(const Pod& pod, const Engine& engine, Awaited awaited) {
    const bool data = std::find(engine.data_components.begin(), engine.data_components.end(),
                                pod.component) != engine.data_components.end();
    switch (awaited) {
        case Awaited::Data:
            return data;
        case Awaited::Setup:
            return data;  // the setup's own pods are judged by their Job
        case Awaited::Workloads:
            return pod.component != engine.setup_component;
    }
    return false;
}

std::optional<Failure> refusal(const std::string& object, const std::string& message) {
    const auto reason = reason_of_refusal(message);
    if (!reason) {
        return std::nullopt;
    }
    const std::string what = *reason == "QuotaExceeded" ? "The plan's quota leaves no room for a pod of "
                                                        : "Kubernetes refuses a pod of ";
    return Failure{*reason, what + object + ": " + tidy_text(message, 300)};
}

}  // namespace

std::optional<Failure> find_blocked(const StoreView& view, const Engine& engine, Awaited awaited,
                                    Timestamp now) {
    for (const Workload& workload : view.workloads) {
        if (!workload.refusal.empty()) {
            if (auto failure = refusal(workload.name, workload.refusal)) {
                return failure;
            }
        }
    }
    for (const Pod& pod : view.pods) {
        if (pod.deleting || pod.phase == "Succeeded") {
            continue;
        }
        if (is_image_trouble(pod, now)) {
            return Failure{"ImagePullFailed", "The image '" + pod.image + "' of container " + pod.container +
                                                  " in pod " + pod.name + " cannot be pulled."};
        }
        if ((pod.reason == "CreateContainerConfigError" || pod.reason == "CreateContainerError") &&
            lasts(pod, now)) {
            return Failure{"ContainerConfigFailed", "Container " + pod.container + " in pod " + pod.name +
                                                        " cannot be made: " + pod.message};
        }
        if (pod.reason == "CrashLoopBackOff" && pod.restarts >= kCrashes &&
            crash_counts(pod, engine, awaited)) {
            return Failure{"CrashLoop", "Container " + pod.container + " in pod " + pod.name + " ended " +
                                            std::to_string(pod.restarts) + " times soon after its start."};
        }
    }
    return std::nullopt;
}

std::optional<Failure> find_refused(const StoreView& view, const std::vector<FailedCreate>& events) {
    const auto uids = without_pods(view);
    for (const FailedCreate& event : events) {
        if (std::find(uids.begin(), uids.end(), event.uid) != uids.end()) {
            if (auto failure = refusal(event.object, event.message)) {
                return failure;
            }
        }
    }
    return std::nullopt;
}

}  // namespace souk::kube
