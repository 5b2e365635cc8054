#pragma once

#include "tests/contract/cluster_contract.hpp"

#include <algorithm>
#include <map>

namespace souk::contract {

TEST_P(ClusterContract, NothingThereIsAbsent) {
    const auto seen = look();
    ASSERT_TRUE(seen) << seen.error().message;
    EXPECT_EQ(seen->ns, NamespaceState::Absent);
    EXPECT_EQ(seen->release.state, ReleaseState::Absent);
    EXPECT_FALSE(seen->route_exists);
}

TEST_P(ClusterContract, NoAnswerIsNeverAbsent) {
    app::Cluster& away = world_->unreachable();
    const auto transient = [](const auto& result) {
        return !result && is_transient(result.error().code) && result.error().code != ErrorCode::Conflict;
    };
    EXPECT_TRUE(transient(away.observe({store(), &engine_, "", false}, std::stop_token{})));
    EXPECT_TRUE(transient(away.observe({store(), nullptr, "", true}, std::stop_token{})));
    EXPECT_TRUE(transient(away.create_namespace(store(), {})));
    EXPECT_TRUE(transient(away.remove_namespace(store(), {})));
    EXPECT_TRUE(transient(away.read_secret(store(), "souk-admin", {})));
    EXPECT_TRUE(transient(away.inventory(store(), {})));
    EXPECT_TRUE(transient(away.pods(store(), {})));
    EXPECT_TRUE(transient(away.events(store(), 50, {})));
    EXPECT_TRUE(transient(away.resources(store(), {})));
    EXPECT_TRUE(transient(away.resource(store(), "Secret", "souk-admin", {})));
    EXPECT_TRUE(transient(away.usage(store(), {})));
    EXPECT_TRUE(transient(away.usage_of_all({})));
    EXPECT_TRUE(transient(away.ping({})));
}

TEST_P(ClusterContract, AnswersAPing) { EXPECT_TRUE(cluster().ping({})); }

TEST_P(ClusterContract, ARequestedStopEndsACall) {
    std::stop_source source;
    source.request_stop();
    const auto seen = cluster().observe({store(), &engine_, "", false}, source.get_token());
    ASSERT_FALSE(seen);
    EXPECT_EQ(seen.error().code, ErrorCode::Cancelled);
}

TEST_P(ClusterContract, ANamespaceIsMadeOnceHoweverOften) {
    ASSERT_TRUE(cluster().create_namespace(store(), {}));
    ASSERT_TRUE(cluster().create_namespace(store(), {}));
    const auto seen = look();
    ASSERT_TRUE(seen) << seen.error().message;
    EXPECT_EQ(seen->ns, NamespaceState::Ours);
    EXPECT_FALSE(seen->fence_current);
    EXPECT_FALSE(seen->secrets_complete);
}

TEST_P(ClusterContract, AForeignNamespaceIsNeverTouched) {
    world_->make_foreign_namespace(store().ns);
    const auto seen = look();
    ASSERT_TRUE(seen) << seen.error().message;
    EXPECT_EQ(seen->ns, NamespaceState::Foreign);
    EXPECT_FALSE(seen->namespace_message.empty());
    const auto made = cluster().create_namespace(store(), {});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::Conflict);
    const auto refused = [](const auto& result) {
        return !result && result.error().code == ErrorCode::Forbidden &&
               result.error().reason == "NamespaceForeign";
    };
    EXPECT_TRUE(refused(cluster().ensure_fence(store(), fence(), {})));
    EXPECT_TRUE(refused(cluster().ensure_secret(store(), {"souk-admin", {{"password", Secret("x")}}}, {})));
    EXPECT_TRUE(refused(cluster().read_secret(store(), "souk-admin", {})));
    EXPECT_TRUE(refused(cluster().resources(store(), {})));
    EXPECT_TRUE(refused(cluster().resource(store(), "Secret", "souk-admin", {})));
    EXPECT_TRUE(refused(cluster().usage(store(), {})));
    EXPECT_TRUE(refused(cluster().ensure_route(store(), {{"a.localhost"}, engine_.routes}, {})));
    EXPECT_TRUE(refused(cluster().remove_route(store(), {})));
    EXPECT_TRUE(refused(cluster().stamp_epoch(store(), 1, {})));
    EXPECT_TRUE(refused(cluster().remove_namespace(store(), {})));
    EXPECT_TRUE(world_->namespace_exists(store().ns));
    // A deletion whose namespace is somebody else's has nothing left to do.
    const auto gone = look(true);
    ASSERT_TRUE(gone) << gone.error().message;
    EXPECT_TRUE(gone->remnants.empty());
}

TEST_P(ClusterContract, NothingIsMadeWithoutANamespace) {
    const auto fenced = cluster().ensure_fence(store(), fence(), {});
    ASSERT_FALSE(fenced);
    EXPECT_EQ(fenced.error().code, ErrorCode::NotFound);
    EXPECT_FALSE(world_->namespace_exists(store().ns));
}

TEST_P(ClusterContract, RemovingWhatIsNotThereIsSuccess) {
    EXPECT_TRUE(cluster().remove_route(store(), {}));
    EXPECT_TRUE(cluster().remove_volume_claims(store(), {}));
    EXPECT_TRUE(cluster().remove_release_records(store(), {}));
    EXPECT_TRUE(cluster().remove_namespace(store(), {}));
}

TEST_P(ClusterContract, TheFenceIsCurrentForItsPlanOnly) {
    make_fenced_namespace();
    ASSERT_TRUE(cluster().ensure_fence(store(), fence(), {}));
    const auto seen = look();
    ASSERT_TRUE(seen) << seen.error().message;
    EXPECT_TRUE(seen->fence_current);
    const std::string before = digest();
    plan_ = default_plans().back();
    EXPECT_NE(before, digest());
    const auto other = look();
    ASSERT_TRUE(other);
    EXPECT_FALSE(other->fence_current);
}

TEST_P(ClusterContract, TheFenceIsCurrentForItsRoutesOnly) {
    make_fenced_namespace();
    engine_.routes.push_back({"/store", "server", 9000});
    const auto seen = look();
    ASSERT_TRUE(seen) << seen.error().message;
    EXPECT_FALSE(seen->fence_current);
}

TEST_P(ClusterContract, AGapInTheFenceIsSeenAndClosed) {
    make_fenced_namespace();
    ASSERT_TRUE(until([](const Observed& seen) { return seen.fence_current; }));
    for (const auto& [plural, name] :
         std::initializer_list<std::pair<const char*, const char*>>{{"networkpolicies", "souk-default-deny"},
                                                                    {"networkpolicies", "souk-web"},
                                                                    {"resourcequotas", "souk-plan"},
                                                                    {"limitranges", "souk-plan"},
                                                                    {"serviceaccounts", "souk-store"}}) {
        world_->damage_fence(store(), plural, name);
        EXPECT_TRUE(until([](const Observed& seen) { return !seen.fence_current; })) << plural << ' ' << name;
        make_fence();
        EXPECT_TRUE(until([](const Observed& seen) { return seen.fence_current; })) << plural << ' ' << name;
    }
}

TEST_P(ClusterContract, TheObjectsOfAStoreAreATreeWithHealth) {
    const auto early = cluster().resources(store(), {});
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().code, ErrorCode::NotFound) << "no namespace, so nothing to look at";
    make_fenced_namespace();
    make_secrets();
    world_->install(store(), "digest-1");
    const std::string set = "StatefulSet/" + store().release + "-db";
    std::map<std::string, app::ResourceInfo> found;
    ASSERT_TRUE(world_->until(store(), [&] {
        found.clear();
        const auto seen = cluster().resources(store(), {});
        for (const app::ResourceInfo& info : seen ? *seen : std::vector<app::ResourceInfo>{}) {
            found.emplace(info.kind + "/" + info.name, info);
        }
        return found.contains(set) && found.at(set).health == app::ResourceHealth::Healthy;
    }));
    EXPECT_EQ(found.at(set).parent, "");
    EXPECT_EQ(found.at(set).component, "db");
    const std::string pod = "Pod/" + store().release + "-db-0";
    ASSERT_TRUE(found.contains(pod));
    EXPECT_EQ(found.at(pod).parent, set);
    ASSERT_TRUE(found.contains("PersistentVolumeClaim/data-" + store().release + "-db-0"));
    EXPECT_EQ(found.at("PersistentVolumeClaim/data-" + store().release + "-db-0").parent, set);
    EXPECT_TRUE(found.contains("ResourceQuota/souk-plan"));
    EXPECT_TRUE(found.contains("Secret/souk-admin"));
}

TEST_P(ClusterContract, OneObjectIsShownWithoutSecrets) {
    const auto missing = [&](std::string_view kind, std::string_view name) {
        const auto seen = cluster().resource(store(), kind, name, {});
        return !seen && seen.error().code == ErrorCode::NotFound && seen.error().reason == "ResourceNotFound";
    };
    EXPECT_TRUE(missing("Secret", "souk-admin")) << "no namespace";
    make_fenced_namespace();
    make_secrets();
    EXPECT_TRUE(missing("Secret", "nobody"));
    EXPECT_TRUE(missing("Node", "souk-admin")) << "not of a store";
    EXPECT_TRUE(missing("Secret", "../secrets/souk-admin"));
    EXPECT_TRUE(missing("Secret", ""));
    const auto secret = cluster().resource(store(), "Secret", "souk-admin", {});
    ASSERT_TRUE(secret) << secret.error().message;
    const std::string& text = secret->object_json;
    EXPECT_NE(text.find(R"("keys":["password"])"), std::string::npos) << text;
    EXPECT_EQ(text.find("first"), std::string::npos) << text;
    EXPECT_EQ(text.find("Zmlyc3Q"), std::string::npos) << "the value in base64: " << text;
    const auto quota = cluster().resource(store(), "ResourceQuota", "souk-plan", {});
    ASSERT_TRUE(quota) << quota.error().message;
    EXPECT_NE(quota->object_json.find(R"("name":"souk-plan")"), std::string::npos);
    EXPECT_EQ(quota->object_json.find("managedFields"), std::string::npos);
}

TEST_P(ClusterContract, AClusterWithoutMetricsSaysSo) {
    const auto early = cluster().usage(store(), {});
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().code, ErrorCode::NotFound);
    ASSERT_TRUE(cluster().create_namespace(store(), {}));
    const auto usage = cluster().usage(store(), {});
    ASSERT_TRUE(usage) << usage.error().message;
    EXPECT_FALSE(*usage);
    const auto all = cluster().usage_of_all({});
    ASSERT_TRUE(all) << all.error().message;
    EXPECT_FALSE(*all);
}

TEST_P(ClusterContract, ASecretIsNeverRotatedByASecondRun) {
    make_fenced_namespace();
    EXPECT_EQ(cluster().read_secret(store(), "souk-admin", {}).error().code, ErrorCode::NotFound);
    make_secrets();
    ASSERT_TRUE(cluster().ensure_secret(store(), {"souk-admin", {{"password", Secret("other")}}}, {}));
    const auto values = cluster().read_secret(store(), "souk-admin", {});
    ASSERT_TRUE(values) << values.error().message;
    EXPECT_EQ(values->at("password").reveal(), "first");
    EXPECT_TRUE(until([](const Observed& seen) { return seen.secrets_complete; }));
}

TEST_P(ClusterContract, OneMissingSecretIsIncomplete) {
    make_fenced_namespace();
    ASSERT_TRUE(cluster().ensure_secret(store(), {"souk-admin", {{"password", Secret("first")}}}, {}));
    const auto seen = look();
    ASSERT_TRUE(seen);
    EXPECT_FALSE(seen->secrets_complete);
}

TEST_P(ClusterContract, AnOlderEpochIsRefused) {
    make_fenced_namespace();
    EXPECT_TRUE(cluster().stamp_epoch(store(), 5, {}));
    EXPECT_TRUE(cluster().stamp_epoch(store(), 5, {}));
    const auto ghost = cluster().stamp_epoch(store(), 4, {});
    ASSERT_FALSE(ghost);
    EXPECT_EQ(ghost.error().code, ErrorCode::Conflict);
    EXPECT_TRUE(cluster().stamp_epoch(store(), 6, {}));
}

TEST_P(ClusterContract, AReleaseBecomesReadyAndIsRouted) {
    make_fenced_namespace();
    make_secrets();
    world_->install(store(), "digest-1");
    ASSERT_TRUE(until([](const Observed& seen) {
        return seen.data.state == Readiness::Ready && seen.setup.state == Readiness::Ready &&
               seen.workloads.state == Readiness::Ready;
    }));
    auto seen = look();
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->release.state, ReleaseState::Deployed);
    EXPECT_EQ(seen->release.digest, "digest-1");
    EXPECT_EQ(seen->release.revision, 1);
    EXPECT_EQ(seen->release.last_deployed_revision, 1);
    EXPECT_FALSE(seen->blocked);
    EXPECT_FALSE(seen->route_exists);

    const app::RouteWish wish{{store().release + ".localhost"}, engine_.routes};
    const auto routed = cluster().ensure_route(store(), wish, {});
    ASSERT_TRUE(routed) << routed.error().message;
    ASSERT_TRUE(cluster().ensure_route(store(), wish, {}));
    EXPECT_TRUE(
        until([](const Observed& now) { return now.route_exists && now.route.state == Readiness::Ready; }));

    ASSERT_TRUE(cluster().remove_route(store(), {}));
    ASSERT_TRUE(cluster().remove_route(store(), {}));
    EXPECT_TRUE(until([](const Observed& now) { return !now.route_exists; }));

    ASSERT_TRUE(cluster().remove_release_records(store(), {}));
}

TEST_P(ClusterContract, TheInventoryNamesWhatWillBeGone) {
    make_fenced_namespace();
    make_secrets();
    world_->install(store(), "digest-1");
    ASSERT_TRUE(until([](const Observed& seen) { return seen.workloads.state == Readiness::Ready; }));
    const auto lines = cluster().inventory(store(), {});
    ASSERT_TRUE(lines) << lines.error().message;
    const auto has = [&](std::string_view kind, std::string_view name) {
        return std::any_of(lines->begin(), lines->end(), [&](const ReceiptLine& line) {
            return line.kind == kind && line.name == name && !line.gone;
        });
    };
    EXPECT_TRUE(has("Namespace", store().ns.str()));
    EXPECT_TRUE(has("Secret", "souk-admin"));
    EXPECT_TRUE(has("StatefulSet", store().release + "-db"));
    EXPECT_TRUE(has("Deployment", store().release + "-web"));
    EXPECT_TRUE(has("PersistentVolumeClaim", "data-" + store().release + "-db-0"));
    EXPECT_TRUE(std::any_of(lines->begin(), lines->end(),
                            [](const ReceiptLine& line) { return line.kind == "PersistentVolume"; }));
}

TEST_P(ClusterContract, ADeletedNamespaceLeavesNothing) {
    make_fenced_namespace();
    make_secrets();
    world_->install(store(), "digest-1");
    ASSERT_TRUE(until([](const Observed& seen) { return seen.data.state == Readiness::Ready; }));
    ASSERT_TRUE(cluster().remove_namespace(store(), {}));
    ASSERT_TRUE(cluster().remove_namespace(store(), {}));
    const auto going = look(true);
    ASSERT_TRUE(going) << going.error().message;
    EXPECT_NE(going->ns, NamespaceState::Ours);
    EXPECT_TRUE(
        until([](const Observed& seen) { return seen.ns == NamespaceState::Absent && seen.remnants.empty(); },
              true));
}

}  // namespace souk::contract
