#pragma once

#include "adapters/kube/api_client.hpp"
#include "adapters/kube/assess.hpp"
#include "adapters/kube/cache.hpp"
#include "adapters/kube/informer.hpp"
#include "adapters/kube/settings.hpp"
#include "app/ports/cluster.hpp"
#include "app/ports/engines.hpp"
#include "runtime/process/process.hpp"

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace souk::kube {

/// The port Cluster on a real API server. Reads of running objects come from the cache of the watches when it
/// is sure to be up to date, else from live lists; the namespace and Helm's records are always read live, so
/// that an outage is an error and never an empty answer. Every change looks first whether the namespace is
/// this store's. Thread-safe.
class KubeCluster final : public app::Cluster {
public:
    /// `processes` may be null when the kubeconfig needs no credential program. All references must outlive
    /// this object.
    KubeCluster(Kubeconfig config, runtime::HttpClient& http, runtime::ProcessRunner* processes,
                KubeSettings settings, app::ClusterSettings cluster);

    /// The informer's loop; the daemon gives it a thread. Without it everything works by live reads, and
    /// nobody is woken.
    void run(std::stop_token stop) { informer_.run(std::move(stop)); }
    /// Every kind is listed and watched now.
    bool synced() const { return cache_.synced(); }
    std::size_t cached_objects() const { return cache_.size(); }
    std::uint64_t full_lists() const { return informer_.lists(); }

    Result<Observed> observe(const app::ObserveRequest& request, std::stop_token stop) override;
    Result<> create_namespace(const app::StoreRef& store, std::stop_token stop) override;
    std::string fence_digest(const app::StoreRef& store, const app::FenceWish& wish) const override;
    Result<> ensure_fence(const app::StoreRef& store, const app::FenceWish& wish,
                          std::stop_token stop) override;
    Result<> ensure_secret(const app::StoreRef& store, const app::SecretWish& secret,
                           std::stop_token stop) override;
    Result<std::map<std::string, Secret>> read_secret(const app::StoreRef& store, std::string_view name,
                                                      std::stop_token stop) override;
    Result<> ensure_route(const app::StoreRef& store, const app::RouteWish& route,
                          std::stop_token stop) override;
    Result<> remove_route(const app::StoreRef& store, std::stop_token stop) override;
    Result<> stamp_epoch(const app::StoreRef& store, std::int64_t epoch, std::stop_token stop) override;
    Result<> remove_volume_claims(const app::StoreRef& store, std::stop_token stop) override;
    Result<> remove_release_records(const app::StoreRef& store, std::stop_token stop) override;
    Result<> remove_namespace(const app::StoreRef& store, std::stop_token stop) override;
    Result<std::vector<ReceiptLine>> inventory(const app::StoreRef& store, std::stop_token stop) override;
    Result<std::vector<app::PodInfo>> pods(const app::StoreRef& store, std::stop_token stop) override;
    Result<std::vector<app::PodLogs>> logs(const app::StoreRef& store, int lines,
                                           std::stop_token stop) override;
    Result<std::vector<app::PodLogs>> events(const app::StoreRef& store, int at_most,
                                             std::stop_token stop) override;
    Result<> follow_logs(const app::StoreRef& store, const LogQuery& query,
                         const std::function<bool(const std::string& pod, const std::string& container,
                                                  const std::string& line)>& on_line,
                         std::stop_token stop) override;
    Result<std::vector<app::ResourceInfo>> resources(const app::StoreRef& store,
                                                     std::stop_token stop) override;
    Result<app::ResourceDetail> resource(const app::StoreRef& store, std::string_view kind,
                                         std::string_view name, std::stop_token stop) override;
    Result<std::optional<app::StoreUsage>> usage(const app::StoreRef& store, std::stop_token stop) override;
    Result<std::optional<std::map<std::string, app::StoreUsage>>> usage_of_all(std::stop_token stop) override;
    Result<std::chrono::microseconds> ping(std::stop_token stop) override;

private:
    /// What stands in the place of the store's namespace.
    struct Place {
        NamespaceState state = NamespaceState::Absent;
        Space space;
    };
    Result<Place> look_at_namespace(const app::StoreRef& store, const std::stop_token& stop);
    /// The store's own, living namespace, or the error that the port promises.
    Result<Space> own_namespace(const app::StoreRef& store, const std::stop_token& stop);
    /// The same for removals: an absent namespace is nothing to do (false), a terminating one is fine.
    Result<bool> may_remove(const app::StoreRef& store, const std::stop_token& stop);

    struct Secrets {
        bool readable = true;  // false: no rights there (yet)
        std::vector<std::string> names;
        std::vector<ReleaseRecord> records;
        Timestamp newest_record{};
    };
    Result<Secrets> list_secrets(const app::StoreRef& store, const std::stop_token& stop);
    Result<StoreView> live_view(const app::StoreRef& store, const std::stop_token& stop);
    Result<StoreView> view_of(const app::StoreRef& store, Timestamp newest_record,
                              const std::stop_token& stop);
    Result<std::vector<FailedCreate>> failed_creates(const app::StoreRef& store, const std::stop_token& stop);
    Result<std::vector<ObservedRemnant>> remnants(const app::StoreRef& store, const std::stop_token& stop);
    Result<> fill_parts(const app::ObserveRequest& request, const Space& space, const Secrets& secrets,
                        Observed& seen, const std::stop_token& stop);

    Result<> ensure_binding(const app::StoreRef& store, const std::string& name, const json::value& wanted,
                            const std::stop_token& stop);
    /// Server-side apply that waits out the moment in which the API server does not know a fresh binding or
    /// annotation yet. The object as the API server keeps it.
    Result<json::value> apply_patiently(const std::string& path, const json::value& object,
                                        const std::stop_token& stop);
    /// The fence's objects are as ensure_fence left them.
    Result<bool> fence_stands(const app::StoreRef& store, const Space& space, const std::stop_token& stop);
    Result<> annotate(const app::StoreRef& store, std::string_view key, const std::string& value,
                      const std::stop_token& stop);
    Result<std::vector<Pod>> list_pods(const app::StoreRef& store, const std::stop_token& stop);
    /// The store's namespace, living or terminating, or the error that the port promises.
    Result<> look_inside(const app::StoreRef& store, const std::stop_token& stop);
    Result<std::vector<app::ResourceEvent>> events_of(const app::StoreRef& store, const Kind& kind,
                                                      const std::string& name, const std::stop_token& stop);
    /// Of one namespace, or of all when `ns` is empty; nothing: there is no metrics API.
    Result<std::optional<std::map<std::string, app::StoreUsage>>> measure(const std::string& ns,
                                                                          const std::stop_token& stop);
    /// A change of ours may not have come back through the watches yet.
    void touched(const app::StoreRef& store);
    bool recently_touched(const std::string& store);
    Timestamp now() const;

    const KubeSettings settings_;
    const app::ClusterSettings cluster_;
    ApiClient api_;
    Cache cache_;
    Informer informer_;
    std::mutex touched_mutex_;
    std::map<std::string, std::chrono::steady_clock::time_point> touched_;
};

}  // namespace souk::kube
