#pragma once

#include "app/ports/inspection.hpp"
#include "core/common/result.hpp"
#include "core/common/secret.hpp"
#include "core/engine/engine.hpp"
#include "core/plan/plan.hpp"
#include "core/reconcile/observed.hpp"
#include "core/store/names.hpp"
#include "core/store/receipt.hpp"
#include "core/store/store.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace souk::app {

/// Who an object belongs to: what our labels say.
struct StoreRef {
    StoreId id;
    NamespaceName ns;
    std::string release;  // = slug
    std::string team;
    std::string engine;
    std::string cluster = "default";

    static StoreRef of(const Store& store) {
        return {store.id, store.ns, store.slug.str(), store.team, store.engine, store.cluster};
    }
};

/// What to look for when observing.
struct ObserveRequest {
    StoreRef store;
    const Engine* engine = nullptr;  // null only for a deletion whose pack is lost
    std::string fence_digest;        // of the wanted fence (fence_digest())
    bool deletion = false;           // fills `remnants` by live lists, cluster-wide objects included
};

/// What the fence of a store is made from.
struct FenceWish {
    Plan plan;
    std::vector<int> web_ports;  // of the pods that the entry point may reach; in order, each once

    static FenceWish of(const Plan& plan, const Engine& engine) {
        FenceWish wish{plan, {}};
        for (const EngineRoute& route : engine.routes) {
            wish.web_ports.push_back(route.port);
        }
        std::ranges::sort(wish.web_ports);
        wish.web_ports.erase(std::unique(wish.web_ports.begin(), wish.web_ports.end()), wish.web_ports.end());
        return wish;
    }
};

struct SecretWish {
    std::string name;                      // Kubernetes name
    std::map<std::string, Secret> values;  // key -> value; used only when the Secret is absent
};

struct RouteWish {
    std::vector<std::string> hosts;
    std::vector<EngineRoute> routes;
};

struct PodLogs {
    std::string pod;
    std::string container;
    std::string text;
};

struct PodInfo {
    std::string name;
    std::string component;
    std::string phase;
    bool ready = false;
    int restarts = 0;
    std::string reason;  // of the first container that is not well
    std::string message;
    std::vector<std::string> containers;
    Timestamp created{};
};

/// One cluster, in the words of a store's life. Every `ensure` may run twice; a foreign object is never
/// touched (Forbidden, reason "NamespaceForeign"). Unavailable or Timeout when the API server does not
/// answer: then nothing is known. Thread-safe. `stop` ends a wait early (Cancelled).
class Cluster {
public:
    virtual ~Cluster() = default;

    virtual Result<Observed> observe(const ObserveRequest& request, std::stop_token stop) = 0;

    /// Plain create with our labels. Ours already: success. Foreign or Terminating: Conflict.
    virtual Result<> create_namespace(const StoreRef& store, std::stop_token stop) = 0;
    /// Digest over the fence's text: a changed plan, engine or soukd version re-applies it.
    virtual std::string fence_digest(const StoreRef& store, const FenceWish& wish) const = 0;
    /// RoleBindings, ServiceAccount, quota, limits, policies by server-side apply; then the digest as
    /// annotation. What somebody removed or changed is seen by `observe` and put back by this.
    virtual Result<> ensure_fence(const StoreRef& store, const FenceWish& wish, std::stop_token stop) = 0;
    /// Plain create: a Secret that is there stays as it is, so a re-run never rotates.
    virtual Result<> ensure_secret(const StoreRef& store, const SecretWish& secret, std::stop_token stop) = 0;
    /// The values of one Secret of the store (checks, masking of kept logs, the audited reveal). NotFound
    /// when absent.
    virtual Result<std::map<std::string, Secret>> read_secret(const StoreRef& store, std::string_view name,
                                                              std::stop_token stop) = 0;
    virtual Result<> ensure_route(const StoreRef& store, const RouteWish& route, std::stop_token stop) = 0;
    virtual Result<> remove_route(const StoreRef& store, std::stop_token stop) = 0;
    /// Writes the lease epoch on the namespace with a resourceVersion precondition: a ghost with an older
    /// epoch gets Conflict.
    virtual Result<> stamp_epoch(const StoreRef& store, std::int64_t epoch, std::stop_token stop) = 0;
    /// Volume claims of a store that failed before its first Ready.
    virtual Result<> remove_volume_claims(const StoreRef& store, std::stop_token stop) = 0;
    /// Helm's own record of a release that no helm command can remove any more. Absent: success.
    virtual Result<> remove_release_records(const StoreRef& store, std::stop_token stop) = 0;
    /// Deletes in the foreground; returns at once. Absent: success.
    virtual Result<> remove_namespace(const StoreRef& store, std::stop_token stop) = 0;
    /// Everything with the store's label or in its namespace, volumes by claim included: the receipt's first
    /// column.
    virtual Result<std::vector<ReceiptLine>> inventory(const StoreRef& store, std::stop_token stop) = 0;

    virtual Result<std::vector<PodInfo>> pods(const StoreRef& store, std::stop_token stop) = 0;
    /// Last `lines` lines of each container (current, else previous).
    virtual Result<std::vector<PodLogs>> logs(const StoreRef& store, int lines, std::stop_token stop) = 0;
    /// The newest events of the namespace, `at_most` in all, as lines of a log: the pod is what they are
    /// about
    /// ("Pod/web-0"), the container "events", oldest first. Not masked.
    virtual Result<std::vector<PodLogs>> events(const StoreRef& store, int at_most, std::stop_token stop) = 0;
    struct LogQuery {
        std::string pod;        // empty: all
        std::string container;  // empty: all
        bool previous = false;
        int tail = 200;
    };
    /// Streams lines until all pods ended, `stop` or `on_line` is false; joins new pods and containers that
    /// were started again meanwhile. Blocks.
    virtual Result<> follow_logs(
        const StoreRef& store, const LogQuery& query,
        const std::function<bool(const std::string& pod, const std::string& container,
                                 const std::string& line)>& on_line,
        std::stop_token stop) = 0;

    /// What stands in the store's namespace, also of one that is being deleted. NotFound when there is no
    /// namespace.
    virtual Result<std::vector<ResourceInfo>> resources(const StoreRef& store, std::stop_token stop) = 0;
    /// One of them. NotFound "ResourceNotFound" also for a kind that `resources` does not list.
    virtual Result<ResourceDetail> resource(const StoreRef& store, std::string_view kind,
                                            std::string_view name, std::stop_token stop) = 0;
    /// Nothing: the cluster has no metrics API.
    virtual Result<std::optional<StoreUsage>> usage(const StoreRef& store, std::stop_token stop) = 0;
    /// The same of all stores by namespace, with one wide list of each kind.
    virtual Result<std::optional<std::map<std::string, StoreUsage>>> usage_of_all(std::stop_token stop) = 0;

    /// Round trip to the API server, for health.
    virtual Result<std::chrono::microseconds> ping(std::stop_token stop) = 0;
};

}  // namespace souk::app
