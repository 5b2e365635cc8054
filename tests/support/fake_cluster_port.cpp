// The port's own methods of FakeCluster; its controls are in fake_cluster.cpp.
#include "tests/support/fake_cluster.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace souk::fakes {
namespace {

using app::StoreRef;

std::string secret_name(const StoreRef& store, const EngineSecret& secret) {
    return secret.name == "admin" ? "souk-admin" : store.release + "-" + secret.name;
}

ObservedPart part(bool ready, std::string message) {
    return ready ? ObservedPart{Readiness::Ready, {}, {}}
                 : ObservedPart{Readiness::Waiting, "NotReady", std::move(message)};
}

}  // namespace

Observed FakeCluster::look(const Space& space, const app::ObserveRequest& request) const {
    Observed seen;
    if (space.store != request.store.id.str()) {
        seen.ns = NamespaceState::Foreign;
        seen.namespace_message = "The namespace " + request.store.ns.str() + " belongs to somebody else.";
        return seen;
    }
    seen.ns = space.terminating ? NamespaceState::Terminating : NamespaceState::Ours;
    if (space.terminating && switches.stuck_terminating) {
        seen.namespace_message = switches.held_by;
    }
    seen.fence_current = space.fence_whole && space.fence == request.fence_digest;
    seen.release = space.release;
    seen.route_exists = space.routed;
    if (space.routed) {
        seen.route = part(space.route_accepted, "The entry point has not taken the route yet.");
    }
    if (request.engine == nullptr) {
        return seen;
    }
    seen.secrets_complete = true;
    for (const EngineSecret& secret : request.engine->secrets) {
        seen.secrets_complete =
            seen.secrets_complete && space.secrets.contains(secret_name(request.store, secret));
    }
    if (space.progress == Progress::None) {
        return seen;
    }
    seen.data = part(space.progress >= Progress::DataReady, "0 of 1 replicas are ready.");
    if (!request.engine->setup_component.empty()) {
        seen.setup = part(space.progress >= Progress::SetupDone, "The setup runs.");
        if (space.setup_failed) {
            const Failure why = switches.setup_failure.value_or(Failure{"SetupFailed", "The setup failed."});
            seen.setup = {Readiness::Failed, why.reason, why.message};
        }
    }
    seen.shop_replicas = switches.pods_come_back ? 1 : space.shop_replicas;
    seen.shop_pods = space.shop_pods;
    seen.workloads = part(space.progress == Progress::WorkloadsReady, "0 of 1 replicas are available.");
    if (space.progress == Progress::Released) {
        seen.blocked = switches.data_failure;
    } else if (space.progress == Progress::SetupDone) {
        seen.blocked = switches.workload_failure;
    }
    return seen;
}

Result<Observed> FakeCluster::observe(const app::ObserveRequest& request, std::stop_token stop) {
    if (auto ok = enter("observe", request.store, stop); !ok) {
        return forward(ok);
    }
    Observed seen;
    {
        const std::scoped_lock lock(mutex_);
        const auto found = spaces_.find(request.store.ns.str());
        if (found != spaces_.end()) {
            sync(found->second, request.store);
            seen = look(found->second, request);
        }
        if (request.deletion) {
            seen.remnants = switches.remnants;
        }
    }
    leave("observe");
    return seen;
}

Result<> FakeCluster::create_namespace(const StoreRef& store, std::stop_token stop) {
    if (auto ok = enter("create_namespace", store, stop); !ok) {
        return ok;
    }
    {
        const std::scoped_lock lock(mutex_);
        if (spaces_.contains(store.ns.str())) {
            auto mine = own(store);
            if (mine) {
                return {};
            }
            mine.error().code = ErrorCode::Conflict;
            return forward(std::move(mine));
        }
        spaces_[store.ns.str()].store = store.id.str();
        ++creations_[store.ns.str()];
    }
    leave("create_namespace");
    changed(store.id.str());
    return {};
}

std::string FakeCluster::fence_digest(const StoreRef& store, const app::FenceWish& wish) const {
    const Plan& plan = wish.plan;
    std::string ports;
    for (const int port : wish.web_ports) {
        ports += std::to_string(port) + ",";
    }
    const std::string text = store.id.str() + "/" + store.ns.str() + "/" + plan.name + "/" +
                             plan.requests_cpu + "/" + plan.requests_memory + "/" + plan.limits_cpu + "/" +
                             plan.limits_memory + "/" + plan.storage + "/" + std::to_string(plan.pods) + "/" +
                             std::to_string(plan.volume_claims) + "/" + ports;
    return "fake-" + std::to_string(std::hash<std::string>{}(text));
}

Result<> FakeCluster::ensure_fence(const StoreRef& store, const app::FenceWish& wish, std::stop_token stop) {
    if (auto ok = enter("ensure_fence", store, stop); !ok) {
        return ok;
    }
    {
        const std::string digest = fence_digest(store, wish);
        const std::scoped_lock lock(mutex_);
        auto mine = own(store);
        if (!mine) {
            return forward(std::move(mine));
        }
        if (switches.fence_refused) {
            return fail(ErrorCode::Forbidden, "soukd may not make the fence's objects");
        }
        (*mine)->fence = digest;
        (*mine)->fence_whole = true;
    }
    leave("ensure_fence");
    return {};
}

Result<> FakeCluster::ensure_secret(const StoreRef& store, const app::SecretWish& secret,
                                    std::stop_token stop) {
    if (auto ok = enter("ensure_secret", store, stop); !ok) {
        return ok;
    }
    {
        const std::scoped_lock lock(mutex_);
        auto mine = own(store);
        if (!mine) {
            return forward(std::move(mine));
        }
        if ((*mine)->secrets.contains(secret.name)) {
            return {};
        }
        auto& values = (*mine)->secrets[secret.name];
        for (const auto& [key, value] : secret.values) {
            values[key] = value.reveal();
        }
    }
    leave("ensure_secret");
    return {};
}

Result<std::map<std::string, Secret>> FakeCluster::read_secret(const StoreRef& store, std::string_view name,
                                                               std::stop_token stop) {
    if (auto ok = enter("read_secret", store, stop); !ok) {
        return forward(ok);
    }
    const std::scoped_lock lock(mutex_);
    const auto space = spaces_.find(store.ns.str());
    if (space != spaces_.end() && space->second.store != store.id.str()) {
        return fail(ErrorCode::Forbidden, "the namespace " + store.ns.str() + " is not this store's",
                    "NamespaceForeign");
    }
    std::map<std::string, Secret> values;
    if (space != spaces_.end()) {
        if (const auto found = space->second.secrets.find(std::string(name));
            found != space->second.secrets.end()) {
            for (const auto& [key, value] : found->second) {
                values.emplace(key, Secret(value));
            }
            return values;
        }
    }
    return fail(ErrorCode::NotFound,
                "the Secret " + std::string(name) + " does not exist in " + store.ns.str());
}

Result<> FakeCluster::ensure_route(const StoreRef& store, const app::RouteWish& route, std::stop_token stop) {
    if (auto ok = enter("ensure_route", store, stop); !ok) {
        return ok;
    }
    {
        const std::scoped_lock lock(mutex_);
        auto mine = own(store);
        if (!mine) {
            return forward(std::move(mine));
        }
        Space& space = **mine;
        if (!space.routed || space.hosts != route.hosts) {
            space.route_accepted = false;
        }
        space.routed = true;
        space.hosts = route.hosts;
    }
    leave("ensure_route");
    return {};
}

Result<> FakeCluster::remove_route(const StoreRef& store, std::stop_token stop) {
    if (auto ok = enter("remove_route", store, stop); !ok) {
        return ok;
    }
    {
        const std::scoped_lock lock(mutex_);
        if (!spaces_.contains(store.ns.str())) {
            return {};
        }
        Space* space = find(store);
        if (space == nullptr) {
            return fail(ErrorCode::Forbidden, "the namespace " + store.ns.str() + " is not this store's",
                        "NamespaceForeign");
        }
        space->routed = false;
        space->route_accepted = false;
        space->hosts.clear();
    }
    leave("remove_route");
    return {};
}

Result<> FakeCluster::stamp_epoch(const StoreRef& store, std::int64_t epoch, std::stop_token stop) {
    if (auto ok = enter("stamp_epoch", store, stop); !ok) {
        return ok;
    }
    {
        const std::scoped_lock lock(mutex_);
        auto mine = own(store);
        if (!mine) {
            return forward(std::move(mine));
        }
        if ((*mine)->epoch && *(*mine)->epoch > epoch) {
            return fail(ErrorCode::Conflict, "a newer lease has stamped the namespace", "LeaseLost");
        }
        (*mine)->epoch = epoch;
    }
    leave("stamp_epoch");
    return {};
}

Result<> FakeCluster::remove_volume_claims(const StoreRef& store, std::stop_token stop) {
    if (auto ok = enter("remove_volume_claims", store, stop); !ok) {
        return ok;
    }
    {
        const std::scoped_lock lock(mutex_);
        if (Space* space = find(store); space != nullptr && !switches.claims_linger) {
            space->volume_claims = false;
        }
    }
    leave("remove_volume_claims");
    return {};
}

Result<> FakeCluster::remove_release_records(const StoreRef& store, std::stop_token stop) {
    if (auto ok = enter("remove_release_records", store, stop); !ok) {
        return ok;
    }
    {
        const std::scoped_lock lock(mutex_);
        if (Space* space = find(store)) {
            space->release = ObservedRelease{};
            if (helm_ != nullptr) {
                helm_->forget(store.ns.str(), store.release);
            }
        }
    }
    leave("remove_release_records");
    return {};
}

Result<> FakeCluster::remove_namespace(const StoreRef& store, std::stop_token stop) {
    if (auto ok = enter("remove_namespace", store, stop); !ok) {
        return ok;
    }
    {
        const std::scoped_lock lock(mutex_);
        if (!spaces_.contains(store.ns.str())) {
            return {};
        }
        Space* space = find(store);
        if (space == nullptr) {
            return fail(ErrorCode::Forbidden, "the namespace " + store.ns.str() + " is not this store's",
                        "NamespaceForeign");
        }
        space->terminating = true;
    }
    leave("remove_namespace");
    changed(store.id.str());
    return {};
}

Result<std::vector<ReceiptLine>> FakeCluster::inventory(const StoreRef& store, std::stop_token stop) {
    if (auto ok = enter("inventory", store, stop); !ok) {
        return forward(ok);
    }
    std::vector<ReceiptLine> lines;
    const std::scoped_lock lock(mutex_);
    const Space* space = find(store);
    if (space == nullptr) {
        return lines;
    }
    const std::string& ns = store.ns.str();
    lines.push_back({"Namespace", ns, "", std::nullopt});
    if (space->routed) {
        lines.push_back({"Ingress", store.release, ns, std::nullopt});
    }
    if (space->volume_claims) {
        lines.push_back({"PersistentVolumeClaim", "data-" + store.release + "-db-0", ns, std::nullopt});
        lines.push_back({"PersistentVolume", "pvc-" + store.release, "", std::nullopt});
    }
    if (space->progress != Progress::None) {
        lines.push_back({"StatefulSet", store.release + "-db", ns, std::nullopt});
        lines.push_back({"Deployment", store.release + "-web", ns, std::nullopt});
    }
    for (const auto& [name, values] : space->secrets) {
        lines.push_back({"Secret", name, ns, std::nullopt});
    }
    return lines;
}

Result<std::vector<app::PodInfo>> FakeCluster::pods(const StoreRef& store, std::stop_token stop) {
    if (auto ok = enter("pods", store, stop); !ok) {
        return forward(ok);
    }
    const std::scoped_lock lock(mutex_);
    const Space* space = find(store);
    return space == nullptr ? std::vector<app::PodInfo>{} : space->pods;
}

Result<std::vector<app::PodLogs>> FakeCluster::logs(const StoreRef& store, int lines, std::stop_token stop) {
    if (auto ok = enter("logs", store, stop, lines); !ok) {
        return forward(ok);
    }
    const std::scoped_lock lock(mutex_);
    const Space* space = find(store);
    return space == nullptr || lines <= 0 ? std::vector<app::PodLogs>{} : space->logs;
}

Result<std::vector<app::PodLogs>> FakeCluster::events(const StoreRef& store, int at_most,
                                                      std::stop_token stop) {
    if (auto ok = enter("events", store, stop, at_most); !ok) {
        return forward(ok);
    }
    const std::scoped_lock lock(mutex_);
    const Space* space = find(store);
    return space == nullptr || at_most <= 0 ? std::vector<app::PodLogs>{} : space->events;
}

Result<> FakeCluster::follow_logs(
    const StoreRef& store, const LogQuery& query,
    const std::function<bool(const std::string& pod, const std::string& container, const std::string& line)>&
        on_line,
    std::stop_token stop) {
    auto all = logs(store, query.tail, stop);
    if (!all) {
        return forward(std::move(all));
    }
    for (const app::PodLogs& log : *all) {
        if ((!query.pod.empty() && query.pod != log.pod) ||
            (!query.container.empty() && query.container != log.container)) {
            continue;
        }
        std::size_t at = 0;
        while (at < log.text.size()) {
            const std::size_t end = std::min(log.text.find('\n', at), log.text.size());
            if (stop.stop_requested()) {
                return fail(ErrorCode::Cancelled, "a stop was requested");
            }
            if (!on_line(log.pod, log.container, log.text.substr(at, end - at))) {
                return {};
            }
            at = end + 1;
        }
    }
    return {};
}

Result<FakeCluster::Space*> FakeCluster::inside(const StoreRef& store) {
    auto mine = own(store);
    if (!mine && mine.error().reason == "NamespaceTerminating") {
        return find(store);
    }
    return mine;
}

std::vector<app::ResourceInfo> FakeCluster::resources_of(const Space& space, const StoreRef& store) {
    using app::ResourceHealth;
    std::vector<app::ResourceInfo> out;
    if (space.fence_whole) {
        out.push_back({.kind = "ResourceQuota", .name = "souk-plan"});
    }
    for (const auto& [name, values] : space.secrets) {
        out.push_back({.kind = "Secret", .name = name});
    }
    if (space.progress != Progress::None) {
        const std::string data = store.release + "-db";
        const bool stands = space.progress >= Progress::DataReady;
        const ResourceHealth health = stands ? ResourceHealth::Healthy : ResourceHealth::Progressing;
        const std::string reason = stands ? "" : "NotReady";
        out.push_back(
            {.kind = "StatefulSet", .name = data, .component = "db", .health = health, .reason = reason});
        out.push_back({.kind = "Pod",
                       .name = data + "-0",
                       .parent = "StatefulSet/" + data,
                       .component = "db",
                       .health = health,
                       .reason = reason});
        out.push_back({.kind = "PersistentVolumeClaim",
                       .name = "data-" + data + "-0",
                       .parent = "StatefulSet/" + data,
                       .component = "db"});
    }
    return out;
}

Result<std::vector<app::ResourceInfo>> FakeCluster::resources(const StoreRef& store, std::stop_token stop) {
    if (auto ok = enter("resources", store, stop); !ok) {
        return forward(ok);
    }
    const std::scoped_lock lock(mutex_);
    const auto space = inside(store);
    if (!space) {
        return forward(space);
    }
    sync(**space, store);
    return resources_of(**space, store);
}

Result<app::ResourceDetail> FakeCluster::resource(const StoreRef& store, std::string_view kind,
                                                  std::string_view name, std::stop_token stop) {
    if (auto ok = enter("resource", store, stop); !ok) {
        return forward(ok);
    }
    const std::scoped_lock lock(mutex_);
    const auto space = inside(store);
    if (!space && space.error().code != ErrorCode::NotFound) {
        return forward(space);
    }
    std::vector<app::ResourceInfo> all;
    if (space) {
        sync(**space, store);
        all = resources_of(**space, store);
    }
    const auto found = std::find_if(all.begin(), all.end(), [&](const app::ResourceInfo& info) {
        return info.kind == kind && info.name == name;
    });
    if (found == all.end()) {
        return fail(ErrorCode::NotFound, "the store has no such object", "ResourceNotFound");
    }
    std::string keys;
    if (kind == "Secret") {
        for (const auto& [key, value] : (*space)->secrets.at(found->name)) {
            keys += (keys.empty() ? "\"" : ",\"") + key + "\"";
        }
        keys = ",\"keys\":[" + keys + "]";
    }
    return app::ResourceDetail{
        R"({"kind":")" + found->kind + R"(","metadata":{"name":")" + found->name + R"("})" + keys + "}",
        {{.type = "Normal", .reason = "Made", .message = "It was made."}}};
}

Result<std::optional<app::StoreUsage>> FakeCluster::usage(const StoreRef& store, std::stop_token stop) {
    if (auto ok = enter("usage", store, stop); !ok) {
        return forward(ok);
    }
    const std::scoped_lock lock(mutex_);
    const auto space = inside(store);
    if (!space) {
        return forward(space);
    }
    return (*space)->usage;
}

Result<std::optional<std::map<std::string, app::StoreUsage>>> FakeCluster::usage_of_all(
    std::stop_token stop) {
    if (stop.stop_requested()) {
        return fail(ErrorCode::Cancelled, "a stop was requested");
    }
    const std::scoped_lock lock(mutex_);
    if (switches.api_down) {
        return fail(ErrorCode::Unavailable, "the API server does not answer");
    }
    std::optional<std::map<std::string, app::StoreUsage>> out;
    for (const auto& [ns, space] : spaces_) {
        if (space.usage) {
            if (!out) {
                out.emplace();
            }
            out->emplace(ns, *space.usage);
        }
    }
    return out;
}

Result<std::chrono::microseconds> FakeCluster::ping(std::stop_token stop) {
    if (stop.stop_requested()) {
        return fail(ErrorCode::Cancelled, "a stop was requested");
    }
    const std::scoped_lock lock(mutex_);
    if (switches.api_down) {
        return fail(ErrorCode::Unavailable, "the API server does not answer");
    }
    if (switches.api_silent) {
        return fail(ErrorCode::Timeout, "the API server did not answer in time");
    }
    return std::chrono::microseconds(100);
}

}  // namespace souk::fakes
