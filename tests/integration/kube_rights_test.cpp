// What soukd's identities may do, as the API server says, compared with the lists of charts/souk: a verb
// more, or less, fails.
#include "adapters/kube/fence.hpp"
#include "tests/integration/kube_world.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <set>

namespace souk::integration {
namespace {

using Rights = std::set<std::string>;  // "group/resource[name] verb"

/// What Kubernetes gives to everybody: questions about oneself.
Rights everybodys() {
    return {"authorization.k8s.io/selfsubjectaccessreviews create",
            "authorization.k8s.io/selfsubjectrulesreviews create",
            "authentication.k8s.io/selfsubjectreviews create"};
}

const Rights& everywhere() {
    static const Rights rights = [] {
        Rights out = everybodys();
        const auto add = [&](const std::string& resource, std::initializer_list<const char*> verbs) {
            for (const char* verb : verbs) {
                out.insert(resource + " " + verb);
            }
        };
        add("/namespaces", {"get", "list", "watch", "create", "delete", "patch"});
        for (const char* resource :
             {"/pods", "/persistentvolumeclaims", "/persistentvolumes", "/services", "/events", "/nodes",
              "apps/deployments", "apps/statefulsets", "apps/replicasets", "batch/jobs",
              "networking.k8s.io/ingresses", "networking.k8s.io/networkpolicies", "/resourcequotas",
              "/limitranges", "/serviceaccounts"}) {
            add(resource, {"get", "list", "watch"});
        }
        add("metrics.k8s.io/pods", {"list"});
        add("rbac.authorization.k8s.io/rolebindings", {"create", "get", "delete"});
        add("rbac.authorization.k8s.io/clusterroles[store-namespace-admin]", {"bind"});
        add("rbac.authorization.k8s.io/clusterroles[store-namespace-reader]", {"bind"});
        return out;
    }();
    return rights;
}

Rights in_a_store() {
    Rights out = everywhere();
    const auto add = [&](const std::string& resource, std::initializer_list<const char*> verbs) {
        for (const char* verb : verbs) {
            out.insert(resource + " " + verb);
        }
    };
    for (const char* resource : {"/secrets", "/configmaps", "/services", "/persistentvolumeclaims",
                                 "apps/deployments", "apps/statefulsets", "batch/jobs", "batch/cronjobs",
                                 "networking.k8s.io/networkpolicies", "policy/poddisruptionbudgets"}) {
        add(resource, {"get", "list", "create", "update", "patch", "delete"});
    }
    for (const char* resource :
         {"networking.k8s.io/ingresses", "/serviceaccounts", "/resourcequotas", "/limitranges"}) {
        add(resource, {"get", "list", "create", "patch", "delete"});
    }
    add("/pods", {"delete"});
    add("/pods/log", {"get"});
    add("metrics.k8s.io/pods", {"get", "list"});
    return out;
}

/// Of the api side in a store's namespace: no verb that writes, and one Secret.
Rights of_a_reader() {
    Rights out = everybodys();
    for (const char* resource :
         {"/pods", "/services", "/persistentvolumeclaims", "/configmaps", "/events", "/resourcequotas",
          "/limitranges", "/serviceaccounts", "apps/deployments", "apps/statefulsets", "apps/replicasets",
          "batch/jobs", "batch/cronjobs", "networking.k8s.io/ingresses", "networking.k8s.io/networkpolicies",
          "policy/poddisruptionbudgets", "metrics.k8s.io/pods"}) {
        out.insert(resource + std::string(" get"));
        out.insert(resource + std::string(" list"));
    }
    out.insert("/pods/log get");
    out.insert("/secrets[souk-admin] get");
    return out;
}

Rights asked(kube::ApiClient& client, const std::string& ns) {
    const auto answer = client.create("/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
                                      json::object{{"apiVersion", "authorization.k8s.io/v1"},
                                                   {"kind", "SelfSubjectRulesReview"},
                                                   {"spec", json::object{{"namespace", ns}}}},
                                      {});
    Rights out;
    if (!answer) {
        ADD_FAILURE() << answer.error().message;
        return out;
    }
    EXPECT_FALSE(kube::flag_at(*answer, {"status", "incomplete"}));
    const auto texts = [](const json::value& rule, std::string_view key) {
        std::vector<std::string> list;
        for (const json::value& item : kube::array_at(rule, {key})) {
            list.emplace_back(item.as_string().c_str());
        }
        return list;
    };
    for (const json::value& rule : kube::array_at(*answer, {"status", "resourceRules"})) {
        auto names = texts(rule, "resourceNames");
        const bool any = names.empty();
        if (any) {
            names.emplace_back();
        }
        for (const auto& group : texts(rule, "apiGroups")) {
            for (const auto& resource : texts(rule, "resources")) {
                for (const auto& name : names) {
                    for (const auto& verb : texts(rule, "verbs")) {
                        out.insert(group + "/" + resource + (any ? "" : "[" + name + "]") + " " + verb);
                    }
                }
            }
        }
    }
    // Reads of paths outside of objects (health, discovery) are everybody's; nothing else may be among them.
    for (const json::value& rule : kube::array_at(*answer, {"status", "nonResourceRules"})) {
        EXPECT_EQ(texts(rule, "verbs"), std::vector<std::string>{"get"});
    }
    return out;
}

bool may(KubeWorld& world, const std::string& ns, const std::string& verb, const std::string& group,
         const std::string& resource, const std::string& name = {}, const std::string& subresource = {}) {
    json::object what{{"verb", verb},    {"group", group}, {"resource", resource},
                      {"namespace", ns}, {"name", name},   {"subresource", subresource}};
    const auto answer =
        world.soukd().create("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                             json::object{{"apiVersion", "authorization.k8s.io/v1"},
                                          {"kind", "SelfSubjectAccessReview"},
                                          {"spec", json::object{{"resourceAttributes", std::move(what)}}}},
                             {});
    if (!answer) {
        ADD_FAILURE() << answer.error().message;
        return true;
    }
    return kube::flag_at(*answer, {"status", "allowed"});
}

void expect_exactly(const Rights& is, const Rights& shall) {
    for (const std::string& right : is) {
        EXPECT_TRUE(shall.contains(right)) << "a right too many: " << right;
    }
    for (const std::string& right : shall) {
        EXPECT_TRUE(is.contains(right)) << "a right is missing: " << right;
    }
}

TEST(KubeRights, OutsideOfStoresThereAreExactlyTheListedOnes) {
    const auto world = KubeWorld::make(KubeWorld::Watches::Off);
    ASSERT_NE(world, nullptr);
    for (const char* ns : {"kube-system", "default", "souk-system"}) {
        expect_exactly(asked(world->soukd(), ns), everywhere());
    }
}

TEST(KubeRights, InsideAStoreThereAreExactlyTheListedOnes) {
    const auto world = KubeWorld::make(KubeWorld::Watches::Off);
    ASSERT_NE(world, nullptr);
    const app::StoreRef store = world->new_store();
    ASSERT_TRUE(world->cluster().create_namespace(store, {}));
    ASSERT_TRUE(world->cluster().ensure_fence(store, {default_plans().front(), {8080}}, {}));
    expect_exactly(asked(world->soukd(), store.ns.str()), in_a_store());
}

TEST(KubeRights, TheApiSideReadsInAStoreAndNothingElse) {
    const auto world = KubeWorld::make(KubeWorld::Watches::Off);
    ASSERT_NE(world, nullptr);
    const app::StoreRef store = world->new_store();
    const app::SecretWish admin{"souk-admin", {{"password", Secret("p4ss")}}};
    const app::SecretWish other{"test-database", {{"password", Secret("p4ss")}}};
    ASSERT_TRUE(world->cluster().create_namespace(store, {}));
    ASSERT_TRUE(world->cluster().ensure_fence(store, {default_plans().front(), {8080}}, {}));
    ASSERT_TRUE(world->cluster().ensure_secret(store, admin, {}));
    ASSERT_TRUE(world->cluster().ensure_secret(store, other, {}));
    kube::KubeSettings settings;
    settings.api = kube::PlatformAccount{store.ns.str(), "soukd-api"};
    const auto api = world->make_account(store, settings.api->name);
    ASSERT_NE(api, nullptr);
    expect_exactly(asked(*api, store.ns.str()), everybodys());
    const auto bound = world->admin().create(kube::path_of(kube::kRoleBinding, store.ns.str()),
                                             kube::fence_bindings(store, settings).at(1).object, {});
    ASSERT_TRUE(bound) << bound.error().message;
    const auto secret = [&](const app::SecretWish& wish) {
        return api->get(kube::path_of(kube::kSecret, store.ns.str(), wish.name), {});
    };
    ASSERT_TRUE(KubeWorld::eventually([&] { return secret(admin).has_value(); }));
    expect_exactly(asked(*api, store.ns.str()), of_a_reader());
    expect_exactly(asked(*api, "default"), everybodys());
    const auto refused = secret(other);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Forbidden);
}

TEST(KubeRights, TheDangerousOnesAreDenied) {
    const auto world = KubeWorld::make(KubeWorld::Watches::Off);
    ASSERT_NE(world, nullptr);
    EXPECT_TRUE(may(*world, "", "list", "", "namespaces")) << "else this test proves nothing";
    for (const char* verb : {"get", "list", "watch"}) {
        EXPECT_FALSE(may(*world, "kube-system", verb, "", "secrets"));
        EXPECT_FALSE(may(*world, "", verb, "", "secrets"));
    }
    EXPECT_FALSE(may(*world, "", "get", "", "nodes", "", "proxy"));
    EXPECT_FALSE(may(*world, "default", "create", "", "pods"));
    EXPECT_FALSE(may(*world, "default", "create", "", "pods", "", "exec"));
    EXPECT_FALSE(may(*world, "default", "create", "", "serviceaccounts", "", "token"));
    EXPECT_FALSE(may(*world, "", "impersonate", "", "users"));
    EXPECT_FALSE(may(*world, "", "escalate", "rbac.authorization.k8s.io", "clusterroles"));
    EXPECT_FALSE(may(*world, "", "bind", "rbac.authorization.k8s.io", "clusterroles", "cluster-admin"));
    EXPECT_FALSE(may(*world, "", "create", "rbac.authorization.k8s.io", "clusterrolebindings"));
}

}  // namespace
}  // namespace souk::integration
