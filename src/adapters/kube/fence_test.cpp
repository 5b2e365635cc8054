#include "adapters/kube/fence.hpp"

#include "adapters/kube/fence_state.hpp"
#include "adapters/kube/names.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace souk::kube {
namespace {

app::StoreRef ann() {
    const StoreId id = StoreId::from_bytes({1, 2, 3});
    const Slug slug = Slug::parse("ann").value();
    return {id, NamespaceName::parse("souk-ann-000000").value(), slug.str(), "default", "tiny"};
}

app::FenceWish wish() { return {default_plans().front(), {8080, 9000}}; }

json::value find_policy(const std::string& name) {
    for (const WantedObject& policy : network_policies(ann(), wish(), {}, {})) {
        if (policy.name == name) {
            return *find_at(policy.object, {"spec"});
        }
    }
    ADD_FAILURE() << "no policy " << name;
    return {};
}

TEST(Fence, PoliciesAreExactlyThese) {
    EXPECT_EQ(canonical(find_policy("souk-default-deny")),
              R"({"egress":[],"ingress":[],"podSelector":{},"policyTypes":["Ingress","Egress"]})");
    EXPECT_EQ(
        canonical(find_policy("souk-dns")),
        R"({"egress":[{"ports":[{"port":53,"protocol":"UDP"},{"port":53,"protocol":"TCP"},{"port":5353,"protocol":"UDP"},)"
        R"({"port":5353,"protocol":"TCP"}],"to":[{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"kube-system"}},)"
        R"("podSelector":{"matchLabels":{"k8s-app":"kube-dns"}}}]}],"podSelector":{},"policyTypes":["Egress"]})");
    EXPECT_EQ(
        canonical(find_policy("souk-web")),
        R"({"ingress":[{"from":[{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"traefik"}},)"
        R"("podSelector":{"matchLabels":{"app.kubernetes.io/name":"traefik"}}}],)"
        R"("ports":[{"port":8080,"protocol":"TCP"},{"port":9000,"protocol":"TCP"}]}],)"
        R"("podSelector":{"matchLabels":{"souk.dev/web":"true"}},"policyTypes":["Ingress"]})");
    EXPECT_EQ(
        canonical(find_policy("souk-internet")),
        R"({"egress":[{"ports":[{"port":80,"protocol":"TCP"},{"port":443,"protocol":"TCP"}],"to":[)"
        R"({"ipBlock":{"cidr":"0.0.0.0/0","except":["0.0.0.0/8","10.0.0.0/8","100.64.0.0/10","127.0.0.0/8","169.254.0.0/16",)"
        R"("172.16.0.0/12","192.0.0.0/24","192.168.0.0/16","198.18.0.0/15","224.0.0.0/4","240.0.0.0/4"]}},)"
        R"({"ipBlock":{"cidr":"::/0","except":["::1/128","64:ff9b::/96","64:ff9b:1::/48","2002::/16","fc00::/7","fe80::/10","ff00::/8"]}}]}],)"
        R"("podSelector":{"matchLabels":{"souk.dev/egress":"true"}},"policyTypes":["Egress"]})");
    EXPECT_EQ(network_policies(ann(), wish(), {}, {}).size(), 4U);
}

TEST(Fence, NoPolicyOpensToEverything) {
    // An empty peer list or selector allows all: the classic mistake.
    for (const WantedObject& policy : network_policies(ann(), wish(), {}, {})) {
        for (const char* way : {"ingress", "egress"}) {
            for (const json::value& rule : array_at(policy.object, {"spec", way})) {
                const auto& peers = array_at(rule, {std::string_view(way) == "ingress" ? "from" : "to"});
                EXPECT_FALSE(peers.empty()) << policy.name;
                for (const json::value& peer : peers) {
                    EXPECT_TRUE(find_at(peer, {"ipBlock"}) ||
                                !object_at(peer, {"namespaceSelector", "matchLabels"}).empty())
                        << policy.name;
                }
            }
        }
    }
}

TEST(Fence, AnEngineWithoutRoutesIsNotOpenedAtAll) {
    for (const WantedObject& policy : network_policies(ann(), {default_plans().front(), {}}, {}, {})) {
        if (policy.name == "souk-web") {
            EXPECT_TRUE(array_at(policy.object, {"spec", "ingress"}).empty());
        }
    }
}

TEST(Fence, WhatIsMadeIsWhatIsWatchedOver) {
    const auto objects = fence_objects(ann(), wish(), {}, {});
    ASSERT_EQ(objects.size(), kFenceObjects.size());
    std::set<std::size_t> seen;
    for (const WantedObject& wanted : objects) {
        const auto index = fence_index(*wanted.kind, wanted.name);
        ASSERT_TRUE(index) << wanted.name;
        seen.insert(*index);
    }
    EXPECT_EQ(seen.size(), kFenceObjects.size());
}

TEST(Fence, OnlyWhatAnObjectSaysCountsForItsDigest) {
    const auto digest = [](const char* text) { return fence_digest_of(*parse_json(text)); };
    const auto kept =
        digest(R"({"spec":{"a":1,"b":2},"status":{"used":1},"metadata":{"resourceVersion":"1"}})");
    EXPECT_EQ(kept,
              digest(R"({"spec":{"b":2,"a":1},"status":{"used":9},"metadata":{"resourceVersion":"2"}})"));
    EXPECT_NE(kept, digest(R"({"spec":{"a":1}})"));
    EXPECT_NE(digest(R"({"automountServiceAccountToken":false})"), digest("{}"));
}

TEST(Fence, TheQuotaIsThePlanAndNoWayAroundTheEntryPoint) {
    const auto objects = fence_objects(ann(), wish(), {}, {});
    const json::value& quota = *find_at(objects.front().object, {"spec", "hard"});
    EXPECT_EQ(
        canonical(quota),
        R"({"count/configmaps":"40","count/jobs.batch":"20","count/secrets":"60","limits.cpu":"3","limits.ephemeral-storage":"10Gi",)"
        R"("limits.memory":"4Gi","persistentvolumeclaims":"4","pods":"15","requests.cpu":"1","requests.memory":"2Gi",)"
        R"("requests.storage":"10Gi","services":"10","services.loadbalancers":"0","services.nodeports":"0"})");
}

TEST(Fence, TheLimitsOfAContainerAreThePlans) {
    const auto limits = [](const Plan& plan) {
        const auto objects = fence_objects(ann(), {plan, {8080}}, {}, {});
        EXPECT_EQ(objects[1].kind, &kLimitRange);
        return canonical(*find_at(objects[1].object, {"spec"}));
    };
    const auto plans = default_plans();
    EXPECT_EQ(
        limits(plans[0]),
        R"({"limits":[{"default":{"cpu":"500m","ephemeral-storage":"1Gi","memory":"512Mi"},)"
        R"("defaultRequest":{"cpu":"100m","ephemeral-storage":"0","memory":"128Mi"},"max":{"cpu":"2","memory":"2Gi"},"type":"Container"}]})");
    EXPECT_NE(limits(plans[2]).find(R"("max":{"cpu":"4","memory":"8Gi"})"), std::string::npos)
        << limits(plans[2]);
}

TEST(Fence, RightsComeFirstAndOnlyToThePlatform) {
    KubeSettings settings;
    auto bindings = fence_bindings(ann(), settings);
    ASSERT_EQ(bindings.size(), 1U);
    EXPECT_EQ(
        canonical(*find_at(bindings[0].object, {"roleRef"})),
        R"({"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"store-namespace-admin"})");
    EXPECT_EQ(canonical(*find_at(bindings[0].object, {"subjects"})),
              R"([{"kind":"ServiceAccount","name":"soukd","namespace":"souk-system"}])");
    settings.api = PlatformAccount{"souk-system", "soukd-api"};
    EXPECT_EQ(text_at(fence_bindings(ann(), settings).at(1).object, {"roleRef", "name"}),
              "store-namespace-reader");
}

TEST(Fence, AccountsGetNoToken) {
    int accounts = 0;
    for (const WantedObject& wanted : fence_objects(ann(), wish(), {}, {})) {
        if (wanted.kind == &kAccount) {
            ++accounts;
            EXPECT_TRUE(find_at(wanted.object, {"automountServiceAccountToken"}) != nullptr &&
                        !flag_at(wanted.object, {"automountServiceAccountToken"}));
        }
    }
    EXPECT_EQ(accounts, 2);
}

TEST(Fence, TheNamespaceIsPinnedToRestricted) {
    const json::value object = namespace_object(ann(), {});
    EXPECT_EQ(label_of(object, "pod-security.kubernetes.io/enforce"), "restricted");
    EXPECT_EQ(label_of(object, "pod-security.kubernetes.io/enforce-version"), "v1.36");
    EXPECT_EQ(label_of(object, "pod-security.kubernetes.io/warn-version"), "latest");
    EXPECT_EQ(label_of(object, kManagedBy), "souk");
    EXPECT_EQ(label_of(object, kStore), ann().id.str());
}

TEST(Fence, TheDigestFollowsPlanStoreAndSettingsAndNothingElse) {
    const auto plans = default_plans();
    const std::string digest = digest_of_fence(ann(), app::FenceWish{plans[0], {8080}}, {}, {});
    EXPECT_EQ(digest, digest_of_fence(ann(), app::FenceWish{plans[0], {8080}}, {}, {}));
    EXPECT_NE(digest, digest_of_fence(ann(), app::FenceWish{plans[1], {8080}}, {}, {}));
    app::ClusterSettings cluster;
    cluster.route_namespace = "gateway";
    EXPECT_NE(digest, digest_of_fence(ann(), app::FenceWish{plans[0], {8080}}, cluster, {}));
    EXPECT_NE(digest, digest_of_fence(ann(), {plans[0], {9000}}, {}, {}));
    KubeSettings settings;
    settings.more_private_ranges_v4 = {"203.0.113.0/24"};
    EXPECT_NE(digest, digest_of_fence(ann(), app::FenceWish{plans[0], {8080}}, {}, settings));
}

TEST(Route, EveryHostGetsEveryPathTheLongestFirst) {
    const json::value ingress = ingress_object(
        ann(), {{"ann.localhost", "ann.example.com"}, {{"/", "web", 8080}, {"/store", "server", 9000}}}, {});
    EXPECT_EQ(text_at(ingress, {"metadata", "name"}), "ann");
    EXPECT_EQ(text_at(ingress, {"spec", "ingressClassName"}), "traefik");
    const auto& rules = array_at(ingress, {"spec", "rules"});
    ASSERT_EQ(rules.size(), 2U);
    EXPECT_EQ(
        canonical(rules[0]),
        R"({"host":"ann.localhost","http":{"paths":[{"backend":{"service":{"name":"ann-server","port":{"number":9000}}},"path":"/store","pathType":"Prefix"},)"
        R"({"backend":{"service":{"name":"ann-web","port":{"number":8080}}},"path":"/","pathType":"Prefix"}]}})");
    EXPECT_EQ(text_at(rules[1], {"host"}), "ann.example.com");
    EXPECT_EQ(find_at(ingress, {"metadata", "annotations"}), nullptr);
}

}  // namespace
}  // namespace souk::kube
