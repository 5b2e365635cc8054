#pragma once

#include "adapters/kube/assess.hpp"
#include "adapters/kube/fence_state.hpp"
#include "adapters/kube/objects.hpp"

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

namespace souk::kube {

/// The kinds that are watched, one wide watch each.
enum class Watched {
    Namespaces,
    Pods,
    Deployments,
    StatefulSets,
    Jobs,
    Claims,
    Ingresses,
    Quotas,
    LimitRanges,
    NetworkPolicies,
    Accounts,
};
inline constexpr std::size_t kWatchedKinds = 11;

struct WatchedPath {
    Watched kind;
    const Kind* api;
};
inline constexpr std::array<WatchedPath, kWatchedKinds> kWatchedPaths = {
    {{Watched::Namespaces, &kNamespace},
     {Watched::Pods, &kPod},
     {Watched::Deployments, &kDeployment},
     {Watched::StatefulSets, &kStatefulSet},
     {Watched::Jobs, &kJob},
     {Watched::Claims, &kClaim},
     {Watched::Ingresses, &kIngress},
     {Watched::Quotas, &kQuota},
     {Watched::LimitRanges, &kLimitRange},
     {Watched::NetworkPolicies, &kNetworkPolicy},
     {Watched::Accounts, &kAccount}}};
/// Only what Souk itself makes is watched of these: namespaces and the objects of the fence.
bool is_only_ours(Watched kind);

/// An object of the fence; what matters of it is one number.
struct FencePart {
    std::uint64_t digest = 0;
};
using CachedObject = std::variant<Space, Workload, SetupJob, Pod, Route, Claim, FencePart>;

/// What the watches have told, by store. Thread-safe. An object counts for a store only if its label says so,
/// and is handed out only for the namespace the store really has: a label alone makes nothing anybody's.
class Cache {
public:
    /// "namespace/name", or the name alone for a Namespace.
    struct Key {
        std::string ns;
        std::string name;
        friend auto operator<=>(const Key&, const Key&) = default;
    };

    /// Each returns the stores for which something that matters changed (two when a label moved an object).
    std::vector<std::string> put(Watched kind, const std::string& store, const Key& key, CachedObject object);
    std::vector<std::string> remove(Watched kind, const Key& key);
    /// The whole truth of a kind after a list: what is not in it is gone.
    struct Listed {
        std::string store;
        Key key;
        CachedObject object;
    };
    std::vector<std::string> replace(Watched kind, std::vector<Listed> objects);

    /// A watch broke, or runs again.
    void set_live(Watched kind, bool live);
    /// Every kind was listed once and its watch runs now.
    bool synced() const;
    std::size_t size() const;

    /// Nothing unless synced.
    std::optional<StoreView> view(const std::string& store, const std::string& ns) const;
    std::optional<FenceState> fence(const std::string& store, const std::string& ns) const;

private:
    struct Entry {
        std::string store;
        CachedObject object;
    };
    using Entries = std::map<Key, Entry>;

    std::vector<std::string> put_locked(Watched kind, const std::string& store, const Key& key,
                                        CachedObject object);
    std::vector<std::string> remove_locked(Watched kind, Entries::iterator at);
    /// 0 as `digest` takes the object out.
    std::vector<std::string> set_fence_locked(Watched kind, const std::string& store, const Key& key,
                                              std::uint64_t digest);
    std::vector<std::string> replace_fences_locked(Watched kind, const std::vector<Listed>& objects);
    bool synced_locked() const;
    Entries& of(Watched kind) { return kinds_[static_cast<std::size_t>(kind)]; }

    mutable std::mutex mutex_;
    std::array<Entries, kWatchedKinds> kinds_;
    struct Fence {
        std::string store;
        FenceState state{};
    };
    std::map<std::string, Fence, std::less<>> fences_;  // by namespace
    std::array<bool, kWatchedKinds> live_{};
};

/// Reads an object of a watched kind; nothing when it has no name.
std::optional<Cache::Listed> read_listed(Watched kind, const json::value& object);

}  // namespace souk::kube
