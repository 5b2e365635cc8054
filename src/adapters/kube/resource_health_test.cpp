#include "adapters/kube/resource_health.hpp"

#include <gtest/gtest.h>

#include <string>

namespace souk::kube {
namespace {

using app::ResourceHealth;
using app::ResourceInfo;

FoundObject object(const Kind& kind, const std::string& text) {
    auto value = parse_json(text);
    if (!value) {
        ADD_FAILURE() << text << ": " << value.error().message;
        return {&kind, {}};
    }
    return {&kind, std::move(*value)};
}

std::string meta(const std::string& name, const std::string& component = {}, const std::string& owner = {}) {
    std::string out = R"("metadata":{"name":")" + name + R"(","creationTimestamp":"2026-11-21T09:30:00Z")";
    if (!component.empty()) {
        out += R"(,"labels":{"app.kubernetes.io/component":")" + component + "\"}";
    }
    if (!owner.empty()) {
        out += R"(,"ownerReferences":[{"controller":true,"kind":")" + owner.substr(0, owner.find('/')) +
               R"(","name":")" + owner.substr(owner.find('/') + 1) + "\"}]";
    }
    return out + "}";
}

std::string pod_status(const std::string& more) { return R"(,"status":{"phase":"Running")" + more + "}"; }
const std::string kReady = R"(,"conditions":[{"type":"Ready","status":"True"}])";
const std::string kCrash =
    R"(,"containerStatuses":[{"name":"web","state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off"}}}])";

FoundObject deployment(const std::string& name, int wanted, int updated, int available, int old = 0) {
    return object(kDeployment, "{" + meta(name, name) + R"(,"spec":{"replicas":)" + std::to_string(wanted) +
                                   R"(},"status":{"replicas":)" + std::to_string(updated + old) +
                                   R"(,"updatedReplicas":)" + std::to_string(updated) +
                                   R"(,"availableReplicas":)" + std::to_string(available) + "}}");
}

/// Health and reason of the only object.
std::string judged(FoundObject found) {
    const auto infos = assess_resources({std::move(found)});
    if (infos.size() != 1) {
        return "not one";
    }
    return std::string(app::to_string(infos[0].health)) +
           (infos[0].reason.empty() ? "" : " " + infos[0].reason);
}

TEST(ResourceHealth, OfWorkloadsIsAboutTheirPods) {
    EXPECT_EQ(judged(deployment("web", 2, 2, 2)), "healthy");
    EXPECT_EQ(judged(deployment("web", 2, 1, 1)), "progressing Updating");
    EXPECT_EQ(judged(deployment("web", 2, 2, 1)), "progressing NotReady");
    EXPECT_EQ(judged(deployment("web", 1, 1, 1, 1)), "progressing Updating")
        << "the available one is the old one";
    EXPECT_EQ(judged(deployment("web", 0, 0, 0)), "suspended ScaledToZero");
    EXPECT_EQ(
        judged(object(
            kDeployment,
            "{" + meta("web") +
                R"(,"status":{"conditions":[{"type":"ReplicaFailure","status":"True","message":"exceeded quota"}]}})")),
        "degraded ReplicaFailure");
    EXPECT_EQ(judged(object(
                  kStatefulSet,
                  "{" + meta("db") +
                      R"(,"spec":{"updateStrategy":{"type":"OnDelete"}},"status":{"availableReplicas":1}})")),
              "healthy")
        << "old pods of OnDelete stay until somebody replaces them";
}

TEST(ResourceHealth, OfPodsIsTheirContainers) {
    EXPECT_EQ(judged(object(kPod, "{" + meta("p") + pod_status(kReady) + "}")), "healthy");
    EXPECT_EQ(judged(object(kPod, "{" + meta("p") + pod_status("") + "}")), "progressing NotReady");
    EXPECT_EQ(judged(object(kPod, "{" + meta("p") + pod_status(kCrash) + "}")), "degraded CrashLoopBackOff");
    EXPECT_EQ(judged(object(kPod, "{" + meta("p") + R"(,"status":{"phase":"Succeeded"}})")),
              "healthy Completed");
    EXPECT_EQ(judged(object(kPod, "{" + meta("p") + R"(,"status":{"phase":"Failed","reason":"Evicted"}})")),
              "degraded Evicted");
    EXPECT_EQ(
        judged(object(
            kPod,
            "{" + meta("p") +
                R"(,"status":{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable","message":"no node"}]}})")),
        "degraded Unschedulable");
}

TEST(ResourceHealth, OfTheOtherKindsIsWhatTheyAreFor) {
    EXPECT_EQ(judged(object(kJob, "{" + meta("j") +
                                      R"(,"status":{"conditions":[{"type":"Complete","status":"True"}]}})")),
              "healthy Complete");
    EXPECT_EQ(
        judged(object(
            kJob,
            "{" + meta("j") +
                R"(,"status":{"conditions":[{"type":"Failed","status":"True","reason":"BackoffLimitExceeded"}]}})")),
        "degraded BackoffLimitExceeded");
    EXPECT_EQ(judged(object(kJob, "{" + meta("j") + R"(,"spec":{"suspend":true}})")), "suspended Suspended");
    EXPECT_EQ(judged(object(kJob, "{" + meta("j") + "}")), "progressing Running");
    EXPECT_EQ(judged(object(kCronJob, "{" + meta("c") + R"(,"spec":{"suspend":true}})")),
              "suspended Suspended");
    EXPECT_EQ(judged(object(kClaim, "{" + meta("v") + R"(,"status":{"phase":"Bound"}})")), "healthy");
    EXPECT_EQ(judged(object(kClaim, "{" + meta("v") + R"(,"status":{"phase":"Pending"}})")),
              "progressing Pending");
    EXPECT_EQ(judged(object(kClaim, "{" + meta("v") + R"(,"status":{"phase":"Lost"}})")),
              "missing VolumeLost");
    EXPECT_EQ(judged(object(kIngress, "{" + meta("i") + "}")), "progressing NotAccepted");
    EXPECT_EQ(judged(object(kIngress, "{" + meta("i") +
                                          R"(,"status":{"loadBalancer":{"ingress":[{"ip":"10.0.0.1"}]}}})")),
              "healthy");
    EXPECT_EQ(judged(object(kSecret, "{" + meta("s") + "}")), "healthy");
    EXPECT_EQ(
        judged(object(kQuota, R"({"metadata":{"name":"q","deletionTimestamp":"2026-11-21T09:30:00Z"}})")),
        "progressing Terminating");
    EXPECT_EQ(judged(object(kSecret, R"(["no object"])")), "healthy") << "nothing is trusted to have a shape";
}

std::string row(const std::vector<ResourceInfo>& infos, std::string_view kind) {
    for (const ResourceInfo& info : infos) {
        if (info.kind == kind) {
            return info.parent + " " + std::string(app::to_string(info.health)) + " " + info.reason;
        }
    }
    return "none";
}

TEST(ResourceTree, FollowsOwnersAndComponentsAndTellsTroubleUpwards) {
    const std::string service =
        "{" + meta("web", "web") + R"(,"spec":{"selector":{"app.kubernetes.io/component":"web"}}})";
    std::vector<FoundObject> objects = {
        deployment("web", 1, 1, 0),
        object(kReplicaSet, "{" + meta("web-1", "web", "Deployment/web") + R"(,"spec":{"replicas":1}})"),
        object(kReplicaSet, "{" + meta("web-0", "web", "Deployment/web") + R"(,"spec":{"replicas":0}})"),
        object(kPod, "{" + meta("web-1-a", "web", "ReplicaSet/web-1") + pod_status(kCrash) + "}"),
        object(kService, service),
        object(kSecret, "{" + meta("keys", "none") + "}"),
        object(kClaim, "{" + meta("files", "web", "Pod/unknown") + R"(,"status":{"phase":"Bound"}})")};
    auto infos = assess_resources(objects);
    ASSERT_EQ(infos.size(), 6U) << "the idle replica set is left out";
    EXPECT_EQ(row(infos, "Deployment"), " degraded CrashLoopBackOff");
    EXPECT_EQ(row(infos, "ReplicaSet"), "Deployment/web degraded CrashLoopBackOff");
    EXPECT_EQ(row(infos, "Pod"), "ReplicaSet/web-1 degraded CrashLoopBackOff");
    EXPECT_EQ(row(infos, "Service"), "Deployment/web progressing NoReadyPod");
    EXPECT_EQ(row(infos, "Secret"), " healthy ");
    EXPECT_EQ(row(infos, "PersistentVolumeClaim"), "Deployment/web healthy ");
    EXPECT_EQ(infos[0].message, "Pod web-1-a: back-off");
    EXPECT_EQ(to_rfc3339(infos[0].created), "2026-11-21T09:30:00.000Z");

    objects[3] = object(kPod, "{" + meta("web-1-a", "web", "ReplicaSet/web-1") + pod_status(kReady) + "}");
    EXPECT_EQ(row(assess_resources(objects), "Service"), "Deployment/web healthy ");
    EXPECT_EQ(row(assess_resources({object(kService, service)}), "Service"), " missing NoPods");
    EXPECT_EQ(row(assess_resources({object(kService, service), deployment("web", 0, 0, 0)}), "Service"),
              "Deployment/web suspended ScaledToZero");
}

}  // namespace
}  // namespace souk::kube
