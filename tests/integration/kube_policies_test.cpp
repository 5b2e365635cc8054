// The admission policies of charts/souk, attacked: what soukd's own identity may not do with the rights it
// has, and what nobody may make in a store's namespace.
#include "tests/integration/kube_world.hpp"

#include <boost/json.hpp>

namespace souk::integration {
namespace {

using json::array;
using json::object;

class KubePolicies : public ::testing::Test {
protected:
    void SetUp() override {
        world_ = KubeWorld::make(KubeWorld::Watches::Off);
        ASSERT_NE(world_, nullptr);
        store_ = world_->new_store();
        ASSERT_TRUE(world_->cluster().create_namespace(*store_, {}));
        const auto fenced = world_->cluster().ensure_fence(*store_, {default_plans().front(), {8080}}, {});
        ASSERT_TRUE(fenced) << fenced.error().message;
    }
    static void expect_denied(const Result<json::value>& result, const std::string& words) {
        ASSERT_FALSE(result) << "this was let in";
        EXPECT_EQ(result.error().code, ErrorCode::Forbidden);
        EXPECT_NE(result.error().message.find(words), std::string::npos) << result.error().message;
    }
    Result<json::value> make_as_admin(const kube::Kind& kind, const std::string& api, object rest) {
        object value{{"apiVersion", api}, {"kind", kind.name}, {"metadata", object{{"name", "attack"}}}};
        for (auto& member : rest) {
            value[member.key()] = std::move(member.value());
        }
        return world_->admin().create(kube::path_of(kind, store_->ns.str()), value, {});
    }
    Result<json::value> make_service(object spec) {
        spec["ports"] = array{object{{"port", 80}}};
        return make_as_admin(kube::kService, "v1", {{"spec", std::move(spec)}});
    }
    Result<json::value> make_ingress(const std::string& host) {
        object backend{{"service", object{{"name", "x"}, {"port", object{{"number", 80}}}}}};
        object path{{"path", "/"}, {"pathType", "Prefix"}, {"backend", std::move(backend)}};
        object rule{{"http", object{{"paths", array{std::move(path)}}}}};
        if (!host.empty()) {
            rule["host"] = host;
        }
        return make_as_admin(kube::kIngress, "networking.k8s.io/v1",
                             {{"spec", object{{"rules", array{std::move(rule)}}}}});
    }
    Result<json::value> patch_namespace(object labels) {
        return world_->soukd().merge_patch(kube::path_of(kube::kNamespace, {}, store_->ns.str()),
                                           object{{"metadata", object{{"labels", std::move(labels)}}}}, {});
    }
    static object binding(const std::string& role, const std::string& subject) {
        return {{"apiVersion", "rbac.authorization.k8s.io/v1"},
                {"kind", "RoleBinding"},
                {"metadata", object{{"name", "attack"}}},
                {"roleRef",
                 object{{"apiGroup", "rbac.authorization.k8s.io"}, {"kind", "ClusterRole"}, {"name", role}}},
                {"subjects",
                 array{object{{"kind", "ServiceAccount"}, {"name", subject}, {"namespace", "souk-system"}}}}};
    }

    std::unique_ptr<KubeWorld> world_;
    std::optional<app::StoreRef> store_;
};

TEST_F(KubePolicies, SoukdMakesNoNamespaceWithoutItsLabels) {
    for (const char* name : {"souk-attack-000000", "attack"}) {
        expect_denied(
            world_->soukd().create(
                "/api/v1/namespaces",
                object{{"apiVersion", "v1"}, {"kind", "Namespace"}, {"metadata", object{{"name", name}}}},
                {}),
            "souk-identity-namespaces");
    }
}

TEST_F(KubePolicies, SoukdTouchesNoForeignNamespace) {
    const app::StoreRef other = world_->new_store();
    world_->make_foreign_namespace(other.ns);
    const std::string path = kube::path_of(kube::kNamespace, {}, other.ns.str());
    // Adoption by label is the way to hijack a namespace.
    expect_denied(world_->soukd().merge_patch(
                      path,
                      object{{"metadata", object{{"labels", object{{"app.kubernetes.io/managed-by", "souk"},
                                                                   {"souk.dev/store", "x"}}}}}},
                      {}),
                  "souk-identity-namespaces");
    const auto removed = world_->soukd().remove(path, {}, {});
    ASSERT_FALSE(removed);
    EXPECT_EQ(removed.error().code, ErrorCode::Forbidden);
    expect_denied(
        world_->soukd().merge_patch("/api/v1/namespaces/kube-system",
                                    object{{"metadata", object{{"labels", object{{"x", "y"}}}}}}, {}),
        "souk-identity-namespaces");
}

TEST_F(KubePolicies, SoukdNeverWeakensPodSecurity) {
    expect_denied(patch_namespace({{"pod-security.kubernetes.io/enforce", "privileged"}}), "restricted");
    expect_denied(patch_namespace({{"pod-security.kubernetes.io/enforce", nullptr}}), "restricted");
    expect_denied(patch_namespace({{"pod-security.kubernetes.io/enforce-version", "v1.20"}}), "pinned");
    expect_denied(patch_namespace({{"souk.dev/store", "str_other"}}), "whose namespace");
    EXPECT_TRUE(patch_namespace({{"souk.dev/team", "other"}})) << "else this test proves nothing";
}

TEST_F(KubePolicies, SoukdBindsOnlyItsOwnRolesToItselfInStores) {
    const std::string here = kube::path_of(kube::kRoleBinding, store_->ns.str());
    const auto admin = world_->soukd().create(here, binding("cluster-admin", "soukd"), {});
    ASSERT_FALSE(admin);
    EXPECT_EQ(admin.error().code, ErrorCode::Forbidden);
    expect_denied(world_->soukd().create(here, binding("store-namespace-admin", "default"), {}),
                  "souk-identity-rolebindings");
    expect_denied(world_->soukd().create(kube::path_of(kube::kRoleBinding, "kube-system"),
                                         binding("store-namespace-admin", "soukd"), {}),
                  "souk-identity-objects");
}

TEST_F(KubePolicies, AStoreHasNoServiceAroundTheEntryPoint) {
    expect_denied(make_service({{"type", "NodePort"}}), "souk-store-services");
    expect_denied(make_service({{"type", "LoadBalancer"}}), "souk-store-services");
    expect_denied(make_service({{"type", "ExternalName"}, {"externalName", "metadata.google.internal"}}),
                  "souk-store-services");
    expect_denied(make_service({{"externalIPs", array{json::value("10.0.0.1")}}}), "souk-store-services");
    const auto plain = make_service({});
    EXPECT_TRUE(plain) << plain.error().message;
}

TEST_F(KubePolicies, AStoreRoutesItsOwnHostsOnly) {
    ASSERT_TRUE(world_->cluster().ensure_route(*store_, {{"mine.localhost"}, {{"/", "web", 80}}}, {}));
    expect_denied(make_ingress("other.localhost"), "souk-store-ingresses");
    expect_denied(make_ingress("*.localhost"), "souk-store-ingresses");
    expect_denied(make_ingress(""), "souk-store-ingresses");
    const auto own = make_ingress("mine.localhost");
    EXPECT_TRUE(own) << own.error().message;
}

TEST_F(KubePolicies, AStoresPodStaysOffTheNode) {
    const auto attack = [&](const std::function<void(object&)>& change) {
        object pod = KubeWorld::pod_template(*store_, "web");
        change(pod["spec"].as_object());
        return make_as_admin(kube::kPod, "v1", {{"spec", pod["spec"]}});
    };
    const auto container = [](object& spec) -> object& {
        return spec["containers"].as_array()[0].as_object();
    };
    const auto volume = [](object source) {
        source["name"] = "v";
        return array{std::move(source)};
    };
    for (const auto& change :
         {std::function<void(object&)>(
              [&](object& spec) { spec["volumes"] = volume({{"hostPath", object{{"path", "/"}}}}); }),
          std::function<void(object&)>([&](object& spec) {
              container(spec)["ports"] = array{object{{"containerPort", 80}, {"hostPort", 80}}};
          }),
          std::function<void(object&)>([&](object& spec) { spec["hostNetwork"] = true; }),
          std::function<void(object&)>([&](object& spec) {
              object token{{"serviceAccountToken", object{{"path", "token"}}}};
              spec["volumes"] = volume({{"projected", object{{"sources", array{std::move(token)}}}}});
          })}) {
        const auto made = attack(change);
        ASSERT_FALSE(made);
        EXPECT_EQ(made.error().code, ErrorCode::Forbidden) << made.error().message;
    }
    const auto plain = attack([](object&) {});
    EXPECT_TRUE(plain) << plain.error().message;
}

}  // namespace
}  // namespace souk::integration
