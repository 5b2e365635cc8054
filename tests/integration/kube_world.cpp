#include "tests/integration/kube_world.hpp"

#include "runtime/crypto/uuid.hpp"
#include "runtime/time/clock.hpp"

#include <boost/json.hpp>

#include <cstdlib>
#include <utility>

namespace souk::integration {
namespace {

using namespace std::chrono_literals;
using app::StoreRef;
using json::array;
using json::object;

Result<kube::Kubeconfig> config_from(const char* variable) {
    const char* path = std::getenv(variable);
    if (path == nullptr) {
        return fail(ErrorCode::NotFound,
                    std::string(variable) + " is not set: run this through tests/integration/with-fast-box");
    }
    return kube::load_kubeconfig(path);
}

object meta(const StoreRef& store, const std::string& name, object labels) {
    return {{"name", name}, {"namespace", store.ns.str()}, {"labels", std::move(labels)}};
}

object selector(const StoreRef& store, const std::string& component) {
    return {{"matchLabels", object{{"app.kubernetes.io/instance", store.release},
                                   {"app.kubernetes.io/component", component}}}};
}

}  // namespace

std::unique_ptr<KubeWorld> KubeWorld::make(Watches watches, kube::KubeSettings settings) {
    auto soukd = config_from("SOUK_TEST_KUBECONFIG");
    auto admin = config_from("SOUK_TEST_ADMIN_KUBECONFIG");
    if (!soukd || !admin) {
        ADD_FAILURE() << (soukd ? admin : soukd).error().message;
        return nullptr;
    }
    std::unique_ptr<KubeWorld> world(new KubeWorld);
    kube::Kubeconfig nobody = *soukd;
    nobody.server = "https://127.0.0.1:1";
    app::ClusterSettings cluster;
    world->admin_ = std::make_unique<kube::ApiClient>(*admin, world->http_, nullptr);
    world->soukd_ = std::make_unique<kube::ApiClient>(*soukd, world->http_, nullptr);
    world->cluster_ =
        std::make_unique<kube::KubeCluster>(*soukd, world->http_, nullptr, std::move(settings), cluster);
    world->unreachable_ =
        std::make_unique<kube::KubeCluster>(nobody, world->http_, nullptr, kube::KubeSettings{}, cluster);
    if (watches == Watches::On) {
        kube::KubeCluster& kube = *world->cluster_;
        world->watches_ = std::jthread([&kube](std::stop_token stop) { kube.run(std::move(stop)); });
        if (!eventually([&] { return kube.synced(); })) {
            ADD_FAILURE() << "the watches did not start";
            return nullptr;
        }
    }
    return world;
}

KubeWorld::~KubeWorld() {
    for (const NamespaceName& ns : made_) {
        if (const auto gone = admin_->remove(kube::path_of(kube::kNamespace, {}, ns.str()), {}, {}); !gone) {
            ADD_FAILURE() << "namespace left behind: " << gone.error().message;
        }
    }
}

bool KubeWorld::eventually(const std::function<bool()>& holds, std::chrono::seconds limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        runtime::sleep_for(50ms, {});
    }
    return true;
}

StoreRef KubeWorld::new_store() {
    static runtime::UuidV7Source ids;
    const StoreId id = StoreId::from_bytes(ids.next());
    const Slug slug = Slug::parse("test").value();
    const NamespaceName ns = NamespaceName::for_store(slug, id);
    made_.push_back(ns);
    return {id, ns, slug.str(), "default", "tiny"};
}

std::unique_ptr<kube::ApiClient> KubeWorld::make_account(const StoreRef& store, const std::string& name) {
    const auto path = kube::path_of(kube::kAccount, store.ns.str());
    const auto made = admin_->create(path,
                                     object{{"apiVersion", "v1"},
                                            {"kind", "ServiceAccount"},
                                            {"metadata", meta(store, name, labels(store, "api"))}},
                                     {});
    const auto token = admin_->create(
        path + "/" + name + "/token",
        object{{"apiVersion", "authentication.k8s.io/v1"}, {"kind", "TokenRequest"}, {"spec", object{}}}, {});
    const auto soukd = config_from("SOUK_TEST_KUBECONFIG");
    if (!made || !token || !soukd) {
        ADD_FAILURE() << (!made ? made.error() : !token ? token.error() : soukd.error()).message;
        return nullptr;
    }
    kube::Kubeconfig config = *soukd;
    config.token = Secret(kube::text_at(*token, {"status", "token"}));
    return std::make_unique<kube::ApiClient>(config, http_, nullptr);
}

void KubeWorld::make_foreign_namespace(const NamespaceName& ns) {
    const auto made = admin_->create(
        kube::path_of(kube::kNamespace),
        object{{"apiVersion", "v1"}, {"kind", "Namespace"}, {"metadata", object{{"name", ns.str()}}}}, {});
    ASSERT_TRUE(made) << made.error().message;
}

void KubeWorld::damage_fence(const StoreRef& store, std::string_view plural, std::string_view name) {
    for (const kube::FenceObject& object : kube::kFenceObjects) {
        if (object.kind->plural == plural && object.name == name) {
            const auto gone = admin_->remove(kube::path_of(*object.kind, store.ns.str(), name), {}, {});
            ASSERT_TRUE(gone) << gone.error().message;
            return;
        }
    }
    FAIL() << "no such object: " << plural << ' ' << name;
}

bool KubeWorld::namespace_exists(const NamespaceName& ns) {
    const auto found = admin_->find(kube::path_of(kube::kNamespace, {}, ns.str()), {});
    EXPECT_TRUE(found);
    return found && found->has_value();
}

bool KubeWorld::until(const StoreRef&, const std::function<bool()>& seen) { return eventually(seen); }

object KubeWorld::labels(const StoreRef& store, const std::string& component) {
    return {{"app.kubernetes.io/name", "tiny"},         {"app.kubernetes.io/instance", store.release},
            {"app.kubernetes.io/component", component}, {"app.kubernetes.io/managed-by", "Helm"},
            {"souk.dev/store", store.id.str()},         {"souk.dev/engine", "tiny"}};
}

object KubeWorld::pod_template(const StoreRef& store, const std::string& component,
                               const std::string& fault) {
    object tags = labels(store, component);
    if (!fault.empty()) {
        tags["souk.dev/test-fault"] = fault;
    }
    object security{{"allowPrivilegeEscalation", false},
                    {"readOnlyRootFilesystem", true},
                    {"capabilities", object{{"drop", array{json::value("ALL")}}}}};
    object container{{"name", "main"},
                     {"image", "localhost/souk/" + component + ":1"},
                     {"securityContext", std::move(security)}};
    object spec{{"serviceAccountName", "souk-store"},
                {"automountServiceAccountToken", false},
                {"securityContext", object{{"runAsNonRoot", true},
                                           {"runAsUser", 1000},
                                           {"seccompProfile", object{{"type", "RuntimeDefault"}}}}},
                {"containers", array{std::move(container)}}};
    return {{"metadata", object{{"labels", std::move(tags)}}}, {"spec", std::move(spec)}};
}

object KubeWorld::setup_job(const StoreRef& store, const std::string& fault,
                            const std::string& termination) const {
    object pod = pod_template(store, "setup", fault);
    pod["spec"].as_object()["restartPolicy"] = "Never";
    if (!termination.empty()) {
        pod["metadata"].as_object()["annotations"] = object{{"souk.dev/test-termination", termination}};
    }
    return {{"apiVersion", "batch/v1"},
            {"kind", "Job"},
            {"metadata", meta(store, store.release + "-setup-0", labels(store, "setup"))},
            {"spec", object{{"backoffLimit", 0}, {"template", std::move(pod)}}}};
}

void KubeWorld::put_record(const StoreRef& store, int version, const std::string& status,
                           const std::string& digest) {
    const std::string number = std::to_string(version);
    object tags{{"owner", "helm"},
                {"name", store.release},
                {"status", status},
                {"version", number},
                {"souk.dev/digest", digest}};
    const auto made = soukd_->create(
        kube::path_of(kube::kSecret, store.ns.str()),
        object{{"apiVersion", "v1"},
               {"kind", "Secret"},
               {"type", "helm.sh/release.v1"},
               {"metadata",
                meta(store, "sh.helm.release.v1." + store.release + ".v" + number, std::move(tags))}},
        {});
    ASSERT_TRUE(made) << made.error().message;
}

void KubeWorld::install(const StoreRef& store, const std::string& digest) {
    const auto make = [&](const kube::Kind& kind, object value) {
        const auto made = soukd_->create(kube::path_of(kind, store.ns.str()), value, {});
        ASSERT_TRUE(made) << made.error().message;
    };
    object claim{{"metadata", object{{"name", "data"}, {"labels", labels(store, "db")}}},
                 {"spec", object{{"accessModes", array{json::value("ReadWriteOnce")}},
                                 {"resources", object{{"requests", object{{"storage", "1Gi"}}}}}}}};
    make(kube::kStatefulSet, {{"apiVersion", "apps/v1"},
                              {"kind", "StatefulSet"},
                              {"metadata", meta(store, store.release + "-db", labels(store, "db"))},
                              {"spec", object{{"serviceName", store.release + "-db"},
                                              {"replicas", 1},
                                              {"updateStrategy", object{{"type", "OnDelete"}}},
                                              {"selector", selector(store, "db")},
                                              {"volumeClaimTemplates", array{std::move(claim)}},
                                              {"template", pod_template(store, "db")}}}});
    make(kube::kDeployment, {{"apiVersion", "apps/v1"},
                             {"kind", "Deployment"},
                             {"metadata", meta(store, store.release + "-web", labels(store, "web"))},
                             {"spec", object{{"replicas", 1},
                                             {"selector", selector(store, "web")},
                                             {"template", pod_template(store, "web")}}}});
    make(kube::kJob, setup_job(store, "", ""));
    put_record(store, 1, "deployed", digest);
}

}  // namespace souk::integration
