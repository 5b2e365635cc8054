#pragma once

#include "adapters/kube/kube_cluster.hpp"
#include "runtime/http/client_curl.hpp"
#include "tests/contract/cluster_contract.hpp"

#include <memory>
#include <string>
#include <thread>

namespace souk::integration {

namespace json = boost::json;

/// A real API server: the kubeconfigs come from SOUK_TEST_KUBECONFIG (soukd's own identity, with the rights
/// of charts/souk) and SOUK_TEST_ADMIN_KUBECONFIG (for what others do). tests/integration/with-fast-box sets
/// both; without them every test fails.
class KubeWorld final : public contract::ClusterWorld {
public:
    enum class Watches { Off, On };
    /// Null, after a test failure, when there is no API server.
    static std::unique_ptr<KubeWorld> make(Watches watches, kube::KubeSettings settings = {});
    ~KubeWorld() override;

    app::Cluster& cluster() override { return *cluster_; }
    kube::KubeCluster& kube() { return *cluster_; }
    app::Cluster& unreachable() override { return *unreachable_; }
    app::StoreRef new_store() override;
    void make_foreign_namespace(const NamespaceName& ns) override;
    void damage_fence(const app::StoreRef& store, std::string_view plural, std::string_view name) override;
    bool namespace_exists(const NamespaceName& ns) override;
    void install(const app::StoreRef& store, const std::string& digest) override;
    bool until(const app::StoreRef& store, const std::function<bool()>& seen) override;

    /// A pod template that passes the restricted standard; `fault` is a label souk.dev/test-fault of the fast
    /// box, or empty.
    static json::object pod_template(const app::StoreRef& store, const std::string& component,
                                     const std::string& fault = {});
    static json::object labels(const app::StoreRef& store, const std::string& component);
    json::object setup_job(const app::StoreRef& store, const std::string& fault,
                           const std::string& termination) const;
    /// Helm's record, by soukd.
    void put_record(const app::StoreRef& store, int version, const std::string& status,
                    const std::string& digest);

    /// A new ServiceAccount in the store's namespace, as what it may do by itself; null after a test failure.
    /// It may not outlive the world.
    std::unique_ptr<kube::ApiClient> make_account(const app::StoreRef& store, const std::string& name);
    kube::ApiClient& admin() { return *admin_; }
    kube::ApiClient& soukd() { return *soukd_; }
    static bool eventually(const std::function<bool()>& holds,
                           std::chrono::seconds limit = std::chrono::seconds(60));

private:
    KubeWorld() = default;

    runtime::CurlHttpClient http_;
    std::unique_ptr<kube::ApiClient> admin_;
    std::unique_ptr<kube::ApiClient> soukd_;
    std::unique_ptr<kube::KubeCluster> cluster_;
    std::unique_ptr<kube::KubeCluster> unreachable_;
    std::vector<NamespaceName> made_;
    std::jthread watches_;  // last: joined before what it uses goes away
};

}  // namespace souk::integration
