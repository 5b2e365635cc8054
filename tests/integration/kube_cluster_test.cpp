// The contract of app::Cluster on a real API server, by live reads alone and with the watches running.
#include "runtime/threads/guarded.hpp"
#include "tests/contract/cluster_contract_cases.hpp"
#include "tests/integration/kube_world.hpp"

#include <boost/json.hpp>

#include <map>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace souk::contract {
namespace {

using integration::KubeWorld;

kube::KubeSettings eager() {
    kube::KubeSettings settings;
    settings.cache_settle =
        std::chrono::seconds(0);  // trust the cache at once: what it shows must become true by itself
    return settings;
}

INSTANTIATE_TEST_SUITE_P(KubeLive, ClusterContract, ::testing::Values(MakeWorld([] {
                             return KubeWorld::make(KubeWorld::Watches::Off);
                         })));
INSTANTIATE_TEST_SUITE_P(KubeWatching, ClusterContract,
                         ::testing::Values(MakeWorld([] { return KubeWorld::make(KubeWorld::Watches::On); }),
                                           MakeWorld([] {
                                               return KubeWorld::make(KubeWorld::Watches::On, eager());
                                           })));

}  // namespace
}  // namespace souk::contract

namespace souk::integration {
namespace {

class KubeFailures : public ::testing::Test {
protected:
    void SetUp() override {
        world_ = KubeWorld::make(KubeWorld::Watches::On);
        ASSERT_NE(world_, nullptr);
        store_ = world_->new_store();
        ASSERT_TRUE(cluster().create_namespace(*store_, {}));
        const auto fenced = cluster().ensure_fence(*store_, {plan_, {8080}}, {});
        ASSERT_TRUE(fenced) << fenced.error().message;
    }
    app::Cluster& cluster() { return world_->cluster(); }
    Result<Observed> look() {
        return cluster().observe({*store_, &engine_, cluster().fence_digest(*store_, {plan_, {8080}}), false},
                                 std::stop_token{});
    }
    bool until(const std::function<bool(const Observed&)>& holds) {
        return KubeWorld::eventually([&] {
            const auto seen = look();
            return seen && holds(*seen);
        });
    }
    void make(const kube::Kind& kind, const json::value& object) {
        const auto made = world_->soukd().create(kube::path_of(kind, store_->ns.str()), object, {});
        ASSERT_TRUE(made) << made.error().message;
    }
    json::object deployment(const std::string& fault, const std::string& component = "web") {
        json::object value{{"apiVersion", "apps/v1"}, {"kind", "Deployment"}};
        value["metadata"] =
            json::object{{"name", "test-" + component}, {"labels", KubeWorld::labels(*store_, component)}};
        value["spec"] = json::object{
            {"replicas", 1},
            {"selector",
             json::object{{"matchLabels", json::object{{"app.kubernetes.io/component", component}}}}},
            {"template", KubeWorld::pod_template(*store_, component, fault)}};
        return value;
    }

    Plan plan_ = default_plans().front();
    Engine engine_ = contract::contract_engine();
    std::unique_ptr<KubeWorld> world_;
    std::optional<app::StoreRef> store_;
};

TEST_F(KubeFailures, AnImageThatCannotBePulledIsNamed) {
    make(kube::kDeployment, deployment("image-pull"));
    ASSERT_TRUE(until([](const Observed& seen) { return seen.blocked.has_value(); }));
    const auto seen = look();
    EXPECT_EQ(seen->blocked->reason, "ImagePullFailed");
    EXPECT_NE(seen->blocked->message.find("localhost/souk/web:1"), std::string::npos);
}

TEST_F(KubeFailures, AFailedSetupSaysWhyInItsOwnWords) {
    make(kube::kJob,
         world_->setup_job(*store_, "job-failed",
                           R"({"reason":"DatabaseTooOld","message":"The database is too old."})"));
    ASSERT_TRUE(until([](const Observed& seen) { return seen.setup.state == Readiness::Failed; }));
    const auto seen = look();
    EXPECT_EQ(seen->setup.reason, "DatabaseTooOld");
    EXPECT_EQ(seen->setup.message, "The database is too old.");
}

TEST_F(KubeFailures, APodOverTheQuotaIsQuotaExceeded) {
    json::object set = deployment("");
    set["kind"] = "StatefulSet";
    json::object& spec = set["spec"].as_object();
    spec["serviceName"] = "test-web";
    json::value& container = spec["template"].as_object()["spec"].as_object()["containers"].as_array()[0];
    container.as_object()["resources"] =
        json::object{{"requests", json::object{{"cpu", "1500m"}}}, {"limits", json::object{{"cpu", "2"}}}};
    make(kube::kStatefulSet, set);
    ASSERT_TRUE(until([](const Observed& seen) { return seen.blocked.has_value(); }));
    EXPECT_EQ(look()->blocked->reason, "QuotaExceeded");
}

TEST_F(KubeFailures, APodThatMayGainRightsIsRefused) {
    json::object value = deployment("");
    json::value& container =
        value["spec"].as_object()["template"].as_object()["spec"].as_object()["containers"].as_array()[0];
    container.as_object().erase("securityContext");
    make(kube::kDeployment, value);
    ASSERT_TRUE(until([](const Observed& seen) { return seen.blocked.has_value(); }));
    EXPECT_EQ(look()->blocked->reason, "PodRefused");
}

TEST_F(KubeFailures, AReleaseThatDiedIsSeenByItsRecords) {
    world_->put_record(*store_, 1, "superseded", "a");
    world_->put_record(*store_, 2, "deployed", "b");
    world_->put_record(*store_, 3, "pending-upgrade", "c");
    const auto seen = look();
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->release.state, ReleaseState::PendingUpgrade);
    EXPECT_EQ(seen->release.revision, 3);
    EXPECT_EQ(seen->release.last_deployed_revision, 2);
    EXPECT_EQ(seen->release.digest, "c");
    ASSERT_TRUE(cluster().remove_release_records(*store_, {}));
    EXPECT_EQ(look()->release.state, ReleaseState::Absent);
}

TEST_F(KubeFailures, EventsNameWhatTheyAreAboutAndTheNewestAreKept) {
    make(kube::kDeployment, deployment(""));
    const auto said = [&](int at_most) {
        const auto events = cluster().events(*store_, at_most, {});
        EXPECT_TRUE(events) << events.error().message;
        std::map<std::string, std::string> by_object;
        for (const app::PodLogs& log : events ? *events : std::vector<app::PodLogs>{}) {
            EXPECT_EQ(log.container, "events");
            by_object[log.pod] = log.text;
        }
        return by_object;
    };
    ASSERT_TRUE(KubeWorld::eventually([&] {
        const auto all = said(50);
        const auto found = all.find("Deployment/test-web");
        return found != all.end() && found->second.find("Normal ScalingReplicaSet: ") != std::string::npos;
    }));
    ASSERT_TRUE(KubeWorld::eventually([&] { return said(50).size() > 1; }));
    EXPECT_EQ(said(1).size(), 1U);
    EXPECT_TRUE(said(0).empty());
}

TEST_F(KubeFailures, AnEditedPolicyIsNotTheFence) {
    ASSERT_TRUE(until([](const Observed& seen) { return seen.fence_current; }));
    const json::object open{{"spec", json::object{{"ingress", json::array{json::value(json::object{})}}}}};
    const auto path = kube::path_of(kube::kNetworkPolicy, store_->ns.str(), "souk-default-deny");
    ASSERT_TRUE(world_->admin().merge_patch(path, open, {}));
    ASSERT_TRUE(until([](const Observed& seen) { return !seen.fence_current; }));
    ASSERT_TRUE(cluster().ensure_fence(*store_, {plan_, {8080}}, {}));
    EXPECT_TRUE(until([](const Observed& seen) { return seen.fence_current; }));
    const auto closed = world_->admin().get(path, {});
    ASSERT_TRUE(closed) << closed.error().message;
    EXPECT_TRUE(kube::array_at(*closed, {"spec", "ingress"}).empty()) << "current, and still open";
}

TEST_F(KubeFailures, WhatSoukMakesIsManagedBySoukThroughServerSideApply) {
    ASSERT_TRUE(cluster().ensure_route(*store_, {{"mine.localhost"}, {{"/", "web", 80}}}, {}));
    std::vector<std::string> paths = {kube::path_of(kube::kIngress, store_->ns.str(), store_->release)};
    for (const kube::FenceObject& fence : kube::kFenceObjects) {
        paths.push_back(kube::path_of(*fence.kind, store_->ns.str(), fence.name));
    }
    for (const std::string& path : paths) {
        const auto object = world_->admin().get(path, {});
        ASSERT_TRUE(object) << path << ": " << object.error().message;
        bool applied = false;
        for (const json::value& entry : kube::array_at(*object, {"metadata", "managedFields"})) {
            applied = applied || (kube::text_at(entry, {"manager"}) == "souk" &&
                                  kube::text_at(entry, {"operation"}) == "Apply");
        }
        EXPECT_TRUE(applied) << path << ": " << kube::canonical(*object);
    }
}

TEST_F(KubeFailures, AHeldNamespaceSaysWhatHoldsIt) {
    json::object config{{"apiVersion", "v1"}, {"kind", "ConfigMap"}};
    config["metadata"] =
        json::object{{"name", "held"}, {"finalizers", json::array{json::value("example.com/hold")}}};
    make(kube::kConfigMap, config);
    ASSERT_TRUE(cluster().remove_namespace(*store_, {}));
    const auto going = world_->admin().get(kube::path_of(kube::kNamespace, {}, store_->ns.str()), {});
    ASSERT_TRUE(going) << going.error().message;
    EXPECT_NE(kube::canonical(*going).find("foregroundDeletion"), std::string::npos)
        << "what it owns goes first";
    EXPECT_TRUE(until([](const Observed& seen) {
        return seen.ns == NamespaceState::Terminating &&
               seen.namespace_message.find("example.com/hold") != std::string::npos;
    }));
    const auto freed =
        world_->admin().merge_patch(kube::path_of(kube::kConfigMap, store_->ns.str(), "held"),
                                    json::object{{"metadata", json::object{{"finalizers", nullptr}}}}, {});
    ASSERT_TRUE(freed) << freed.error().message;
    EXPECT_TRUE(until([](const Observed& seen) { return seen.ns == NamespaceState::Absent; }));
}

TEST_F(KubeFailures, LogsAreReadAndFollowed) {
    make(kube::kDeployment, deployment(""));
    ASSERT_TRUE(until([](const Observed& seen) { return seen.workloads.state == Readiness::Ready; }));
    const auto pods = cluster().pods(*store_, {});
    ASSERT_TRUE(pods) << pods.error().message;
    ASSERT_EQ(pods->size(), 1U);
    EXPECT_EQ(pods->front().component, "web");
    EXPECT_TRUE(pods->front().ready);
    const auto logs = cluster().logs(*store_, 10, {});
    ASSERT_TRUE(logs) << logs.error().message;
    ASSERT_EQ(logs->size(), 1U);
    EXPECT_FALSE(logs->front().text.empty());
    std::string first;
    const auto followed =
        cluster().follow_logs(*store_, {},
                              [&](const std::string&, const std::string&, const std::string& line) {
                                  first = line;
                                  return false;
                              },
                              {});
    EXPECT_TRUE(followed);
    EXPECT_FALSE(first.empty());
    // A stop ends a stream that would go on for ever.
    std::stop_source stop;
    const auto ended = cluster().follow_logs(
        *store_, {},
        [&](const std::string&, const std::string&, const std::string&) {
            stop.request_stop();
            return true;
        },
        stop.get_token());
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error().code, ErrorCode::Cancelled);
}

TEST_F(KubeFailures, PodsThatComeUpAreFollowedTooAndNoLineComesTwice) {
    make(kube::kDeployment, deployment(""));
    ASSERT_TRUE(until([](const Observed& seen) { return seen.workloads.state == Readiness::Ready; }));
    runtime::Guarded<std::map<std::string, std::string>> heard;  // by pod
    std::stop_source stop;
    Result<> followed;
    std::jthread follower([&] {
        followed = cluster().follow_logs(
            *store_, {},
            [&](const std::string& pod, const std::string&, const std::string& line) {
                heard.with([&](auto& of) { of[pod] += line + "\n"; });
                return true;
            },
            stop.get_token());
    });
    const auto heard_all_of = [&](std::size_t pods) {
        return KubeWorld::eventually([&] {
            const auto logs = cluster().logs(*store_, 1000, {});
            std::map<std::string, std::string> all;
            for (const app::PodLogs& log : logs ? *logs : std::vector<app::PodLogs>{}) {
                all[log.pod] = log.text;
            }
            return all.size() == pods && heard.copy() == all;
        });
    };
    EXPECT_TRUE(heard_all_of(1));
    make(kube::kDeployment, deployment("", "later"));
    EXPECT_TRUE(heard_all_of(2)) << "the new pod was not joined, or not from its first line on";
    make(kube::kDeployment, deployment("", "last"));
    EXPECT_TRUE(heard_all_of(3)) << "looking again must not read again";
    stop.request_stop();
    follower.join();
    ASSERT_FALSE(followed);
    EXPECT_EQ(followed.error().code, ErrorCode::Cancelled);
}

}  // namespace
}  // namespace souk::integration
