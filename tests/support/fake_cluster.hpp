#pragma once

#include "app/ports/cluster.hpp"
#include "tests/support/fake_helm_driver.hpp"

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace souk::fakes {

/// A cluster in memory. It promises what the port promises (tests/contract/cluster_contract.hpp runs on it
/// and on the real one) and does nothing by itself: `advance` is the passing of time. Helm's part is played
/// by `helm_*`, for a fake driver. Thread-safe; switches are set before the threads start or between turns.
class FakeCluster final : public app::Cluster {
public:
    /// One switch per failure we care about; all may be changed at any time.
    struct Switches {
        bool api_down = false;           // every call: Unavailable
        bool api_silent = false;         // every call: Timeout
        bool stuck_terminating = false;  // namespaces do not go away; `held_by` says why
        std::string held_by = "finalizer example.com/hold on pod web-0";
        std::optional<Failure> data_failure;      // data stays Waiting and `blocked` is this
        std::optional<Failure> setup_failure;     // the setup Job fails with it
        std::optional<Failure> workload_failure;  // workloads stay Waiting and `blocked` is this
        bool route_not_accepted = false;          // the controller never takes the Ingress
        bool pods_come_back = false;              // somebody scales up whatever is scaled down
        bool pods_linger = false;                 // pods that nobody asks for do not end
        bool claims_linger = false;               // volume claims are removed only when this is off
        bool fence_refused = false;               // ensure_fence: Forbidden
        std::vector<ObservedRemnant> remnants;    // seen by every deletion
        std::map<std::string, Error, std::less<>>
            fail_once;  // by name of the call: consumed by the next one, no effect
    };
    Switches switches;

    /// After each call that had its effect, outside the lock, with its name: a test may throw here (a crash
    /// after the effect) or change a switch.
    std::function<void(std::string_view call)> after_call;
    /// What the watches would say; called by `advance` and by `helm_*`, outside the lock.
    std::function<void(const StoreId&)> on_change;

    /// A ready-made failure for the switches above.
    static Failure image_pull_failure() {
        return {"ImagePullFailed", "The image 'localhost/souk/gone:1' cannot be pulled."};
    }
    static Failure quota_failure() {
        return {"QuotaExceeded", "Pods cannot be made: the plan's quota is used up."};
    }
    static Failure crash_loop() {
        return {"CrashLoop", "The container 'web' ended 5 times soon after its start."};
    }

    // Time and other people.
    /// One notch: pods gone that nobody asks for, data ready, setup done, workloads ready, route accepted,
    /// namespace gone. False when nothing moved.
    bool advance(const app::StoreRef& store);
    void advance_to_end(const app::StoreRef& store) {
        while (advance(store)) {
        }
    }
    /// Somebody else's namespace of that name.
    void make_foreign_namespace(const NamespaceName& ns);
    /// Somebody deletes the namespace, an object of the fence or the route behind our back.
    void delete_namespace_outside(const app::StoreRef& store);
    void damage_fence_outside(const app::StoreRef& store);
    void delete_route_outside(const app::StoreRef& store);
    /// Somebody scales a Deployment of a suspended store up.
    void start_pods_outside(const app::StoreRef& store);
    /// Workloads fall back to Waiting (a node went away).
    void break_workloads(const app::StoreRef& store);
    /// The setup Job says Failed, long after it was done.
    void fail_setup(const app::StoreRef& store);
    void set_release(const app::StoreRef& store, ObservedRelease release);
    void set_pods(const app::StoreRef& store, std::vector<app::PodInfo> pods);
    void set_usage(const app::StoreRef& store, app::StoreUsage usage);
    void set_events(const app::StoreRef& store, std::vector<app::PodLogs> events);
    void set_logs(const app::StoreRef& store, std::vector<app::PodLogs> logs);

    /// From now on releases are those of the fake driver, and `helm_*` is not used. It must live as long as
    /// this object.
    void attach(FakeHelmDriver& helm);

    // Helm's part. NotFound when the namespace is not there, Unavailable when the API is down.
    Result<> helm_apply(const NamespaceName& ns, const std::string& digest);
    Result<> helm_remove(const NamespaceName& ns);
    Result<> helm_rollback(const NamespaceName& ns, int revision);

    // What a test looks at.
    /// "ensure_fence souk-ann-abcdef", "logs souk-ann-abcdef 200", in order, refused ones too.
    std::vector<std::string> calls() const;
    std::size_t count_of(std::string_view call) const;
    std::set<std::string> namespaces() const;
    std::optional<std::int64_t> epoch(const app::StoreRef& store) const;
    int creations(const NamespaceName& ns) const;  // how often a namespace of this name was made
    /// Names of the Secrets and a value, to prove that nothing was rotated.
    std::map<std::string, std::map<std::string, std::string>> secrets(const app::StoreRef& store) const;
    std::vector<std::string> hosts(const app::StoreRef& store) const;

    // The port.
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
    enum class Progress { None, Released, DataReady, SetupDone, WorkloadsReady };
    struct Space {
        std::string store;  // empty: foreign
        bool terminating = false;
        std::string fence;
        bool fence_whole = false;
        std::map<std::string, std::map<std::string, std::string>> secrets;
        ObservedRelease release;
        std::string running_digest;
        int running_revision = 0;
        Progress progress = Progress::None;
        bool setup_failed = false;
        bool volume_claims = false;
        int shop_replicas = 0;
        int shop_pods = 0;
        std::vector<std::string> hosts;
        bool routed = false;
        bool route_accepted = false;
        std::optional<std::int64_t> epoch;
        std::vector<app::PodInfo> pods;
        std::vector<app::PodLogs> logs;
        std::vector<app::PodLogs> events;
        std::optional<app::StoreUsage> usage;
    };
    static std::vector<app::ResourceInfo> resources_of(const Space& space, const app::StoreRef& store);
    /// The store's space, terminating or not, or the port's error. The caller holds the lock.
    Result<Space*> inside(const app::StoreRef& store);

    /// Notes the call; an error when a switch says so.
    Result<> enter(std::string_view call, const app::StoreRef& store, const std::stop_token& stop,
                   std::optional<int> at_most = {});
    void leave(std::string_view call) const;
    void changed(const std::string& store) const;
    /// The store's own living namespace, or the port's error. The caller holds the lock.
    Result<Space*> own(const app::StoreRef& store);
    Space* find(const app::StoreRef& store);  // only if it is the store's
    Observed look(const Space& space, const app::ObserveRequest& request) const;
    Result<> helm(const NamespaceName& ns, const std::function<void(Space&)>& effect);

    /// Takes the release from the attached driver. The caller holds the lock.
    void sync(Space& space, const app::StoreRef& store) const;
    static void released(Space& space, const std::string& digest);

    mutable std::mutex mutex_;
    FakeHelmDriver* helm_ = nullptr;
    std::map<std::string, Space> spaces_;
    std::map<std::string, int> creations_;
    std::vector<std::string> calls_;
};

}  // namespace souk::fakes
