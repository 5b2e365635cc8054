#include "adapters/kube/resource_health.hpp"

#include "adapters/kube/names.hpp"
#include "adapters/kube/objects.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace souk::kube {
namespace {

using app::ResourceHealth;
using app::ResourceInfo;

struct Verdict {
    ResourceHealth health = ResourceHealth::Healthy;
    std::string reason{};
    std::string message{};
};

bool is_ending(const json::value& object) {
    return find_at(object, {"metadata", "deletionTimestamp"}) != nullptr;
}

std::string of(std::int64_t some, std::int64_t all, std::string_view what) {
    return std::to_string(some) + " of " + std::to_string(all) + " " + std::string(what) + ".";
}

Verdict judge_workload(const Workload& workload) {
    if (workload.wanted == 0) {
        return {ResourceHealth::Suspended, "ScaledToZero", "No pod is wanted."};
    }
    if (!workload.refusal.empty()) {
        return {ResourceHealth::Degraded, "ReplicaFailure", workload.refusal};
    }
    const bool updates = workload.observed_generation < workload.generation ||
                         (!workload.on_delete && workload.updated < workload.wanted);
    if (updates) {
        return {ResourceHealth::Progressing, "Updating",
                of(workload.updated, workload.wanted, "pods are of the newest kind")};
    }
    if (!workload.stateful && workload.current > workload.updated) {
        return {ResourceHealth::Progressing, "Updating", "Pods of before are still there."};
    }
    if (workload.available < workload.wanted) {
        return {ResourceHealth::Progressing, "NotReady",
                of(workload.available, workload.wanted, "pods are ready")};
    }
    return {};
}

Verdict judge_replica_set(const json::value& object) {
    const std::int64_t wanted = number_at(object, {"spec", "replicas"}, 1);
    const std::int64_t ready = number_at(object, {"status", "readyReplicas"});
    if (ready >= wanted) {
        return {};
    }
    return {ResourceHealth::Progressing, "NotReady", of(ready, wanted, "pods are ready")};
}

/// What a container says while it is being made.
bool is_beginning(const std::string& reason) {
    return reason.empty() || reason == "ContainerCreating" || reason == "PodInitializing";
}

Verdict judge_pod(const Pod& pod) {
    if (pod.phase == "Succeeded") {
        return {ResourceHealth::Healthy, "Completed", "It has done its work."};
    }
    if (pod.phase == "Failed") {
        return {ResourceHealth::Degraded, pod.reason.empty() ? "Failed" : pod.reason, pod.message};
    }
    if (pod.unschedulable) {
        return {ResourceHealth::Degraded, "Unschedulable", pod.schedule_message};
    }
    if (!is_beginning(pod.reason)) {
        return {ResourceHealth::Degraded, pod.reason, pod.message};
    }
    if (pod.ready) {
        return {};
    }
    return {ResourceHealth::Progressing, pod.reason.empty() ? "NotReady" : pod.reason,
            pod.phase == "Pending" ? "It is being started." : "It runs, but is not ready yet."};
}

Verdict judge_job(const json::value& object) {
    const SetupJob job = read_job(object);
    if (job.complete) {
        return {ResourceHealth::Healthy, "Complete", "It has done its work."};
    }
    if (job.failed) {
        return {ResourceHealth::Degraded, job.failed_reason.empty() ? "Failed" : job.failed_reason,
                job.failed_message};
    }
    if (flag_at(object, {"spec", "suspend"})) {
        return {ResourceHealth::Suspended, "Suspended", "It is not to run now."};
    }
    return {ResourceHealth::Progressing, "Running", "It has not ended yet."};
}

Verdict judge_claim(const Claim& claim) {
    if (claim.phase == "Bound") {
        return {};
    }
    if (claim.phase == "Lost") {
        return {ResourceHealth::Missing, "VolumeLost", "The volume behind it is gone."};
    }
    return {ResourceHealth::Progressing, "Pending", "It has no volume yet."};
}

Verdict judge_service(const json::value& object) {
    if (text_at(object, {"spec", "type"}) == "LoadBalancer" &&
        array_at(object, {"status", "loadBalancer", "ingress"}).empty()) {
        return {ResourceHealth::Progressing, "NoAddress", "It has no address yet."};
    }
    return {};
}

Verdict judge(const FoundObject& found) {
    const json::value& object = found.object;
    const Kind* const kind = found.kind;
    if (is_ending(object)) {
        return {ResourceHealth::Progressing, "Terminating", "It is being deleted."};
    }
    if (kind == &kDeployment || kind == &kStatefulSet) {
        return judge_workload(read_workload(object, kind == &kStatefulSet));
    }
    if (kind == &kReplicaSet) {
        return judge_replica_set(object);
    }
    if (kind == &kPod) {
        return judge_pod(read_pod(object));
    }
    if (kind == &kJob) {
        return judge_job(object);
    }
    if (kind == &kCronJob && flag_at(object, {"spec", "suspend"})) {
        return {ResourceHealth::Suspended, "Suspended", "It is not to run now."};
    }
    if (kind == &kClaim) {
        return judge_claim(read_claim(object));
    }
    if (kind == &kService) {
        return judge_service(object);
    }
    if (kind == &kIngress && !read_route(object).accepted) {
        return {ResourceHealth::Progressing, "NotAccepted", "The entry point has not taken it yet."};
    }
    return {};
}

bool is_idle(const FoundObject& found) {
    return found.kind == &kReplicaSet && number_at(found.object, {"spec", "replicas"}, 1) == 0 &&
           number_at(found.object, {"status", "replicas"}) == 0;
}

std::string key_of(const ResourceInfo& info) { return info.kind + "/" + info.name; }

ResourceInfo describe(const FoundObject& found) {
    Verdict verdict = judge(found);
    return {.kind = std::string(found.kind->name),
            .name = text_at(found.object, {"metadata", "name"}),
            .component = label_of(found.object, kComponent),
            .health = verdict.health,
            .reason = std::move(verdict.reason),
            .message = std::move(verdict.message),
            .created = time_at(found.object, {"metadata", "creationTimestamp"})};
}

/// The tree while it is put together: infos, the objects they are made of, and where to find them.
class Tree {
public:
    explicit Tree(const std::vector<FoundObject>& objects) {
        for (const FoundObject& found : objects) {
            if (is_idle(found)) {
                continue;
            }
            infos_.push_back(describe(found));
            sources_.push_back(&found);
            places_.emplace(key_of(infos_.back()), infos_.size() - 1);
        }
    }

    std::vector<ResourceInfo> grow() && {
        note_workloads();
        for (std::size_t i = 0; i < infos_.size(); ++i) {
            infos_[i].parent = parent_of(i);
        }
        for (std::size_t i = 0; i < infos_.size(); ++i) {
            if (sources_[i]->kind == &kService && infos_[i].health == ResourceHealth::Healthy) {
                look_behind(i);
            }
            if (sources_[i]->kind == &kPod && infos_[i].health == ResourceHealth::Degraded) {
                tell_upwards(i);
            }
        }
        return std::move(infos_);
    }

private:
    /// Long-lived ones first: what has the component of a workload belongs to it.
    void note_workloads() {
        for (const Kind* kind : {&kStatefulSet, &kDeployment, &kCronJob, &kJob}) {
            for (std::size_t i = 0; i < infos_.size(); ++i) {
                if (sources_[i]->kind == kind && !infos_[i].component.empty()) {
                    workloads_.emplace(infos_[i].component, i);
                }
            }
        }
    }

    std::string parent_of(std::size_t i) const {
        for (const json::value& owner : array_at(sources_[i]->object, {"metadata", "ownerReferences"})) {
            std::string key = text_at(owner, {"kind"}) + "/" + text_at(owner, {"name"});
            if (places_.contains(key)) {
                return key;
            }
        }
        const Kind* const kind = sources_[i]->kind;
        const bool serves = kind == &kClaim || kind == &kService || kind == &kConfigMap || kind == &kSecret ||
                            kind == &kDisruptionBudget;
        const auto workload = workloads_.find(infos_[i].component);
        return serves && workload != workloads_.end() ? key_of(infos_[workload->second]) : std::string();
    }

    bool is_behind(std::size_t service, std::size_t pod) const {
        const json::object& selector = object_at(sources_[service]->object, {"spec", "selector"});
        return !selector.empty() && std::all_of(selector.begin(), selector.end(), [&](const auto& pair) {
            const json::string* wanted = pair.value().if_string();
            return wanted != nullptr &&
                   label_of(sources_[pod]->object, std::string_view(pair.key().data(), pair.key().size())) ==
                       std::string_view(wanted->data(), wanted->size());
        });
    }

    void look_behind(std::size_t service) {
        if (object_at(sources_[service]->object, {"spec", "selector"}).empty()) {
            return;
        }
        int pods = 0;
        int well = 0;
        for (std::size_t i = 0; i < infos_.size(); ++i) {
            if (sources_[i]->kind == &kPod && is_behind(service, i)) {
                ++pods;
                well += infos_[i].health == ResourceHealth::Healthy && infos_[i].reason.empty() ? 1 : 0;
            }
        }
        if (well > 0) {
            return;
        }
        ResourceInfo& info = infos_[service];
        const auto parent = places_.find(info.parent);
        if (pods > 0) {
            info.health = ResourceHealth::Progressing;
            info.reason = "NoReadyPod";
            info.message = "No pod behind it is ready.";
        } else if (parent != places_.end() && infos_[parent->second].health == ResourceHealth::Suspended) {
            info.health = ResourceHealth::Suspended;
            info.reason = "ScaledToZero";
            info.message = "No pod is wanted.";
        } else {
            info.health = ResourceHealth::Missing;
            info.reason = "NoPods";
            info.message = "There is no pod behind it.";
        }
    }

    void tell_upwards(std::size_t pod) {
        const std::string reason = infos_[pod].reason;
        const std::string message =
            "Pod " + infos_[pod].name + ": " + (infos_[pod].message.empty() ? reason : infos_[pod].message);
        std::string above = infos_[pod].parent;
        for (int depth = 0; depth < 4; ++depth) {  // Pod, ReplicaSet, Deployment; Pod, Job, CronJob
            const auto parent = places_.find(above);
            if (parent == places_.end() || infos_[parent->second].health != ResourceHealth::Progressing) {
                return;
            }
            ResourceInfo& info = infos_[parent->second];
            info.health = ResourceHealth::Degraded;
            info.reason = reason;
            info.message = message;
            above = info.parent;
        }
    }

    std::vector<ResourceInfo> infos_;
    std::vector<const FoundObject*> sources_;  // by the same index
    std::map<std::string, std::size_t> places_;
    std::map<std::string, std::size_t> workloads_;  // by component
};

}  // namespace

std::vector<ResourceInfo> assess_resources(const std::vector<FoundObject>& objects) {
    return Tree(objects).grow();
}

}  // namespace souk::kube
