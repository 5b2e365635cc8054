#include "adapters/kube/cache.hpp"

#include "adapters/kube/names.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace souk::kube {
namespace {

const Kind& api_of(Watched kind) { return *kWatchedPaths[static_cast<std::size_t>(kind)].api; }

bool is_fence(Watched kind) { return is_only_ours(kind) && kind != Watched::Namespaces; }

bool same(const CachedObject& a, const CachedObject& b) {
    if (a.index() != b.index()) {
        return false;
    }
    if (const Space* space = std::get_if<Space>(&a)) {
        return space->same_life(std::get<Space>(b));
    }
    return std::visit(
        [&](const auto& value) {
            using T = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<T, Space> || std::is_same_v<T, FencePart>) {
                return false;
            } else {
                return value == std::get<T>(b);
            }
        },
        a);
}

}  // namespace

bool is_only_ours(Watched kind) {
    switch (kind) {
        case Watched::Namespaces:
        case Watched::Quotas:
        case Watched::LimitRanges:
        case Watched::NetworkPolicies:
        case Watched::Accounts:
            return true;
        case Watched::Pods:
        case Watched::Deployments:
        case Watched::StatefulSets:
        case Watched::Jobs:
        case Watched::Claims:
        case Watched::Ingresses:
            break;
    }
    return false;
}

std::vector<std::string> Cache::put_locked(Watched kind, const std::string& store, const Key& key,
                                           CachedObject object) {
    Entries& entries = of(kind);
    const auto found = entries.find(key);
    if (found == entries.end()) {
        entries.emplace(key, Entry{store, std::move(object)});
        return {store};
    }
    std::vector<std::string> changed;
    if (found->second.store != store) {
        changed = {found->second.store, store};
    } else if (!same(found->second.object, object)) {
        changed = {store};
    }
    found->second = Entry{store, std::move(object)};
    return changed;
}

std::vector<std::string> Cache::remove_locked(Watched kind, Entries::iterator at) {
    std::vector<std::string> changed{std::move(at->second.store)};
    of(kind).erase(at);
    return changed;
}

std::vector<std::string> Cache::set_fence_locked(Watched kind, const std::string& store, const Key& key,
                                                 std::uint64_t digest) {
    const auto index = fence_index(api_of(kind), key.name);
    auto found = fences_.find(key.ns);
    if (!index || (digest == 0 && found == fences_.end())) {
        return {};
    }
    if (found == fences_.end()) {
        found = fences_.emplace(key.ns, Fence{store, {}}).first;
    }
    Fence& fence = found->second;
    std::vector<std::string> changed;
    if (digest != 0 && fence.store != store) {
        changed = {fence.store, store};
        fence.store = store;
    } else if (fence.state[*index] != digest) {
        changed = {fence.store};
    }
    fence.state[*index] = digest;
    if (fence.state == FenceState{}) {
        fences_.erase(found);
    }
    return changed;
}

std::vector<std::string> Cache::replace_fences_locked(Watched kind, const std::vector<Listed>& objects) {
    std::set<std::string> changed;
    std::set<Key> seen;
    const auto note = [&](const std::vector<std::string>& stores) {
        changed.insert(stores.begin(), stores.end());
    };
    for (const Listed& listed : objects) {
        seen.insert(listed.key);
        note(set_fence_locked(kind, listed.store, listed.key, std::get<FencePart>(listed.object).digest));
    }
    std::vector<Key> gone;
    for (const auto& [ns, fence] : fences_) {
        for (std::size_t i = 0; i < kFenceObjects.size(); ++i) {
            Key key{ns, std::string(kFenceObjects[i].name)};
            if (kFenceObjects[i].kind == &api_of(kind) && fence.state[i] != 0 && !seen.contains(key)) {
                gone.push_back(std::move(key));
            }
        }
    }
    for (const Key& key : gone) {
        note(set_fence_locked(kind, {}, key, 0));
    }
    return {changed.begin(), changed.end()};
}

std::vector<std::string> Cache::put(Watched kind, const std::string& store, const Key& key,
                                    CachedObject object) {
    const std::scoped_lock lock(mutex_);
    if (const FencePart* part = std::get_if<FencePart>(&object)) {
        return set_fence_locked(kind, store, key, part->digest);
    }
    return put_locked(kind, store, key, std::move(object));
}

std::vector<std::string> Cache::remove(Watched kind, const Key& key) {
    const std::scoped_lock lock(mutex_);
    if (is_fence(kind)) {
        return set_fence_locked(kind, {}, key, 0);
    }
    const auto found = of(kind).find(key);
    return found == of(kind).end() ? std::vector<std::string>{} : remove_locked(kind, found);
}

std::vector<std::string> Cache::replace(Watched kind, std::vector<Listed> objects) {
    std::set<std::string> changed;
    std::set<Key> seen;
    const std::scoped_lock lock(mutex_);
    if (is_fence(kind)) {
        return replace_fences_locked(kind, objects);
    }
    for (Listed& listed : objects) {
        seen.insert(listed.key);
        for (std::string& store : put_locked(kind, listed.store, listed.key, std::move(listed.object))) {
            changed.insert(std::move(store));
        }
    }
    Entries& entries = of(kind);
    for (auto at = entries.begin(); at != entries.end();) {
        if (seen.contains(at->first)) {
            ++at;
            continue;
        }
        changed.insert(at->second.store);
        at = entries.erase(at);
    }
    return {changed.begin(), changed.end()};
}

void Cache::set_live(Watched kind, bool live) {
    const std::scoped_lock lock(mutex_);
    live_[static_cast<std::size_t>(kind)] = live;
}

bool Cache::synced_locked() const {
    return std::all_of(live_.begin(), live_.end(), [](bool live) { return live; });
}

bool Cache::synced() const {
    const std::scoped_lock lock(mutex_);
    return synced_locked();
}

std::optional<FenceState> Cache::fence(const std::string& store, const std::string& ns) const {
    const std::scoped_lock lock(mutex_);
    if (!synced_locked()) {
        return std::nullopt;
    }
    const auto found = fences_.find(ns);
    return found != fences_.end() && found->second.store == store ? found->second.state : FenceState{};
}

std::size_t Cache::size() const {
    const std::scoped_lock lock(mutex_);
    std::size_t count = 0;
    for (const Entries& entries : kinds_) {
        count += entries.size();
    }
    for (const auto& [ns, fence] : fences_) {
        count += fence.state.size() - static_cast<std::size_t>(std::ranges::count(fence.state, 0U));
    }
    return count;
}

std::optional<StoreView> Cache::view(const std::string& store, const std::string& ns) const {
    const std::scoped_lock lock(mutex_);
    if (!synced_locked()) {
        return std::nullopt;
    }
    StoreView view;
    const auto each = [&](Watched kind, const auto& take) {
        const Entries& entries = kinds_[static_cast<std::size_t>(kind)];
        for (auto at = entries.lower_bound(Key{ns, {}}); at != entries.end() && at->first.ns == ns; ++at) {
            if (at->second.store == store) {
                take(at->second.object);
            }
        }
    };
    each(Watched::Deployments,
         [&](const CachedObject& object) { view.workloads.push_back(std::get<Workload>(object)); });
    each(Watched::StatefulSets,
         [&](const CachedObject& object) { view.workloads.push_back(std::get<Workload>(object)); });
    each(Watched::Jobs, [&](const CachedObject& object) { view.jobs.push_back(std::get<SetupJob>(object)); });
    each(Watched::Pods, [&](const CachedObject& object) { view.pods.push_back(std::get<Pod>(object)); });
    each(Watched::Ingresses,
         [&](const CachedObject& object) { view.routes.push_back(std::get<Route>(object)); });
    return view;
}

std::optional<Cache::Listed> read_listed(Watched kind, const json::value& object) {
    Cache::Listed out;
    out.store = label_of(object, kStore);
    out.key = {text_at(object, {"metadata", "namespace"}), text_at(object, {"metadata", "name"})};
    if (out.key.name.empty()) {
        return std::nullopt;
    }
    switch (kind) {
        case Watched::Namespaces:
            out.object = read_space(object);
            break;
        case Watched::Pods:
            out.object = read_pod(object);
            break;
        case Watched::Deployments:
            out.object = read_workload(object, false);
            break;
        case Watched::StatefulSets:
            out.object = read_workload(object, true);
            break;
        case Watched::Jobs:
            out.object = read_job(object);
            break;
        case Watched::Claims:
            out.object = read_claim(object);
            break;
        case Watched::Ingresses:
            out.object = read_route(object);
            break;
        case Watched::Quotas:
        case Watched::LimitRanges:
        case Watched::NetworkPolicies:
        case Watched::Accounts:
            out.object = FencePart{fence_digest_of(object)};
            break;
    }
    return out;
}

}  // namespace souk::kube
