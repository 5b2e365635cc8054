#include "tests/support/fake_cluster.hpp"

#include <algorithm>
#include <utility>

namespace souk::fakes {

using app::StoreRef;

Result<> FakeCluster::enter(std::string_view call, const StoreRef& store, const std::stop_token& stop,
                            std::optional<int> at_most) {
    const std::scoped_lock lock(mutex_);
    calls_.push_back(std::string(call) + " " + store.ns.str() +
                     (at_most ? " " + std::to_string(*at_most) : std::string()));
    if (stop.stop_requested()) {
        return fail(ErrorCode::Cancelled, "a stop was requested");
    }
    if (switches.api_down) {
        return fail(ErrorCode::Unavailable, "the API server does not answer");
    }
    if (switches.api_silent) {
        return fail(ErrorCode::Timeout, "the API server did not answer in time");
    }
    if (const auto found = switches.fail_once.find(call); found != switches.fail_once.end()) {
        Error error = std::move(found->second);
        switches.fail_once.erase(found);
        return tl::unexpected(std::move(error));
    }
    return {};
}

void FakeCluster::leave(std::string_view call) const {
    if (after_call) {
        after_call(call);
    }
}

void FakeCluster::changed(const std::string& store) const {
    if (!on_change || store.empty()) {
        return;
    }
    if (const auto id = StoreId::parse(store)) {
        on_change(*id);
    }
}

FakeCluster::Space* FakeCluster::find(const StoreRef& store) {
    const auto found = spaces_.find(store.ns.str());
    return found != spaces_.end() && found->second.store == store.id.str() ? &found->second : nullptr;
}

Result<FakeCluster::Space*> FakeCluster::own(const StoreRef& store) {
    const auto found = spaces_.find(store.ns.str());
    if (found == spaces_.end()) {
        return fail(ErrorCode::NotFound, "the namespace " + store.ns.str() + " does not exist",
                    "NamespaceAbsent");
    }
    if (found->second.store != store.id.str()) {
        return fail(ErrorCode::Forbidden, "the namespace " + store.ns.str() + " is not this store's",
                    "NamespaceForeign");
    }
    if (found->second.terminating) {
        return fail(ErrorCode::Conflict, "the namespace " + store.ns.str() + " is being deleted",
                    "NamespaceTerminating");
    }
    return &found->second;
}

void FakeCluster::attach(FakeHelmDriver& helm) {
    const std::scoped_lock lock(mutex_);
    helm_ = &helm;
}

void FakeCluster::released(Space& space, const std::string& digest) {
    space.volume_claims = true;
    if (space.progress == Progress::None || space.running_digest != digest) {
        space.progress = Progress::Released;
    }
    space.running_digest = digest;
    // As the stub renderer names the release of a suspended store.
    space.shop_replicas = digest.ends_with("-suspended") ? 0 : 1;
    space.shop_pods = std::max(space.shop_pods, space.shop_replicas);
}

void FakeCluster::sync(Space& space, const StoreRef& store) const {
    if (helm_ == nullptr) {
        return;
    }
    space.release = helm_->observed(store.ns.str(), store.release);
    if (space.release.state == ReleaseState::Absent) {
        space.progress = Progress::None;
        space.setup_failed = false;
        space.running_revision = 0;
        space.shop_replicas = space.shop_pods = 0;
    } else if (space.release.state == ReleaseState::Deployed &&
               space.running_revision != space.release.revision) {
        space.running_revision = space.release.revision;
        released(space, space.release.digest);
    }
}

// --- time and other people
// ------------------------------------------------------------------------------------------------

bool FakeCluster::advance(const StoreRef& store) {
    bool moved = false;
    {
        const std::scoped_lock lock(mutex_);
        Space* space = find(store);
        if (space == nullptr) {
            return false;
        }
        sync(*space, store);
        if (space->terminating) {
            moved = !switches.stuck_terminating;
            if (moved) {
                spaces_.erase(store.ns.str());
                if (helm_ != nullptr) {
                    helm_->forget_namespace(store.ns.str());
                }
            }
        } else if (space->shop_pods > space->shop_replicas && !switches.pods_linger) {
            space->shop_pods = space->shop_replicas;
            moved = true;
        } else if (space->progress == Progress::Released && !switches.data_failure) {
            space->progress = Progress::DataReady;
            moved = true;
        } else if (space->progress == Progress::DataReady && !space->setup_failed) {
            if (switches.setup_failure) {
                space->setup_failed = true;
            } else {
                space->progress = Progress::SetupDone;
            }
            moved = true;
        } else if (space->progress == Progress::SetupDone && !switches.workload_failure) {
            space->progress = Progress::WorkloadsReady;
            moved = true;
        } else if (space->routed && !space->route_accepted && !switches.route_not_accepted) {
            space->route_accepted = true;
            moved = true;
        }
    }
    if (moved) {
        changed(store.id.str());
    }
    return moved;
}

void FakeCluster::make_foreign_namespace(const NamespaceName& ns) {
    const std::scoped_lock lock(mutex_);
    spaces_[ns.str()] = Space{};
}

void FakeCluster::delete_namespace_outside(const StoreRef& store) {
    {
        const std::scoped_lock lock(mutex_);
        spaces_.erase(store.ns.str());
        if (helm_ != nullptr) {
            helm_->forget_namespace(store.ns.str());
        }
    }
    changed(store.id.str());
}

void FakeCluster::damage_fence_outside(const StoreRef& store) {
    {
        const std::scoped_lock lock(mutex_);
        if (Space* space = find(store)) {
            space->fence_whole = false;
        }
    }
    changed(store.id.str());
}

void FakeCluster::delete_route_outside(const StoreRef& store) {
    {
        const std::scoped_lock lock(mutex_);
        if (Space* space = find(store)) {
            space->routed = false;
            space->route_accepted = false;
        }
    }
    changed(store.id.str());
}

void FakeCluster::start_pods_outside(const StoreRef& store) {
    {
        const std::scoped_lock lock(mutex_);
        if (Space* space = find(store)) {
            space->shop_replicas = space->shop_pods = 1;
        }
    }
    changed(store.id.str());
}

void FakeCluster::break_workloads(const StoreRef& store) {
    {
        const std::scoped_lock lock(mutex_);
        Space* space = find(store);
        if (space != nullptr && space->progress == Progress::WorkloadsReady) {
            space->progress = Progress::SetupDone;
        }
    }
    changed(store.id.str());
}

void FakeCluster::fail_setup(const StoreRef& store) {
    {
        const std::scoped_lock lock(mutex_);
        if (Space* space = find(store)) {
            space->setup_failed = true;
        }
    }
    changed(store.id.str());
}

void FakeCluster::set_release(const StoreRef& store, ObservedRelease release) {
    const std::scoped_lock lock(mutex_);
    if (Space* space = find(store)) {
        space->release = std::move(release);
    }
}

void FakeCluster::set_pods(const StoreRef& store, std::vector<app::PodInfo> pods) {
    const std::scoped_lock lock(mutex_);
    if (Space* space = find(store)) {
        space->pods = std::move(pods);
    }
}

void FakeCluster::set_usage(const StoreRef& store, app::StoreUsage usage) {
    const std::scoped_lock lock(mutex_);
    if (Space* space = find(store)) {
        space->usage = std::move(usage);
    }
}

void FakeCluster::set_events(const StoreRef& store, std::vector<app::PodLogs> events) {
    const std::scoped_lock lock(mutex_);
    if (Space* space = find(store)) {
        space->events = std::move(events);
    }
}

void FakeCluster::set_logs(const StoreRef& store, std::vector<app::PodLogs> logs) {
    const std::scoped_lock lock(mutex_);
    if (Space* space = find(store)) {
        space->logs = std::move(logs);
    }
}

// --- Helm's part
// ----------------------------------------------------------------------------------------------------------

Result<> FakeCluster::helm(const NamespaceName& ns, const std::function<void(Space&)>& effect) {
    std::string store;
    {
        const std::scoped_lock lock(mutex_);
        if (switches.api_down) {
            return fail(ErrorCode::Unavailable, "the API server does not answer");
        }
        const auto found = spaces_.find(ns.str());
        if (found == spaces_.end()) {
            return fail(ErrorCode::NotFound, "the namespace " + ns.str() + " does not exist");
        }
        if (found->second.terminating) {
            return fail(ErrorCode::Forbidden, "the namespace " + ns.str() + " is being deleted");
        }
        effect(found->second);
        store = found->second.store;
    }
    changed(store);
    return {};
}

Result<> FakeCluster::helm_apply(const NamespaceName& ns, const std::string& digest) {
    return helm(ns, [&](Space& space) {
        ObservedRelease& release = space.release;
        release.state = ReleaseState::Deployed;
        ++release.revision;
        release.last_deployed_revision = release.revision;
        release.digest = digest;
        released(space, digest);
    });
}

Result<> FakeCluster::helm_remove(const NamespaceName& ns) {
    return helm(ns, [](Space& space) {
        space.release = ObservedRelease{};
        space.progress = Progress::None;
        space.setup_failed = false;
        space.pods.clear();
    });
}

Result<> FakeCluster::helm_rollback(const NamespaceName& ns, int revision) {
    return helm(ns, [&](Space& space) {
        space.release.state = ReleaseState::Deployed;
        ++space.release.revision;
        space.release.last_deployed_revision = space.release.revision;
        space.release.digest = "digest-of-revision-" + std::to_string(revision);
    });
}

// --- what a test looks at
// -------------------------------------------------------------------------------------------------

std::vector<std::string> FakeCluster::calls() const {
    const std::scoped_lock lock(mutex_);
    return calls_;
}

std::size_t FakeCluster::count_of(std::string_view call) const {
    const std::string head = std::string(call) + " ";
    const std::scoped_lock lock(mutex_);
    return static_cast<std::size_t>(std::count_if(
        calls_.begin(), calls_.end(), [&](const std::string& line) { return line.starts_with(head); }));
}

std::set<std::string> FakeCluster::namespaces() const {
    const std::scoped_lock lock(mutex_);
    std::set<std::string> names;
    for (const auto& [name, space] : spaces_) {
        names.insert(name);
    }
    return names;
}

std::optional<std::int64_t> FakeCluster::epoch(const StoreRef& store) const {
    const std::scoped_lock lock(mutex_);
    const auto found = spaces_.find(store.ns.str());
    return found == spaces_.end() ? std::nullopt : found->second.epoch;
}

int FakeCluster::creations(const NamespaceName& ns) const {
    const std::scoped_lock lock(mutex_);
    const auto found = creations_.find(ns.str());
    return found == creations_.end() ? 0 : found->second;
}

std::map<std::string, std::map<std::string, std::string>> FakeCluster::secrets(const StoreRef& store) const {
    const std::scoped_lock lock(mutex_);
    const auto found = spaces_.find(store.ns.str());
    return found == spaces_.end() ? std::map<std::string, std::map<std::string, std::string>>{}
                                  : found->second.secrets;
}

std::vector<std::string> FakeCluster::hosts(const StoreRef& store) const {
    const std::scoped_lock lock(mutex_);
    const auto found = spaces_.find(store.ns.str());
    return found == spaces_.end() || !found->second.routed ? std::vector<std::string>{} : found->second.hosts;
}

}  // namespace souk::fakes
