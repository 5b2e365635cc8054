// Namespace, Secrets and route. Looking is in kube_cluster_observe.cpp, the fence in kube_cluster_fence.cpp,
// removal in kube_cluster_remove.cpp, pods and logs in kube_cluster_logs.cpp.
#include "adapters/kube/kube_cluster.hpp"

#include "adapters/kube/fence.hpp"
#include "adapters/kube/names.hpp"
#include "runtime/crypto/encoding.hpp"
#include "runtime/time/clock.hpp"

#include <boost/json.hpp>

#include <charconv>
#include <utility>

namespace souk::kube {
namespace {

using app::StoreRef;

constexpr int kEpochAttempts = 5;

std::optional<std::int64_t> parse_epoch(const std::string& text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

std::string joined(const std::vector<std::string>& hosts) {
    std::string out;
    for (const std::string& host : hosts) {
        out += (out.empty() ? "" : ",") + host;
    }
    return out;
}

}  // namespace

KubeCluster::KubeCluster(Kubeconfig config, runtime::HttpClient& http, runtime::ProcessRunner* processes,
                         KubeSettings settings, app::ClusterSettings cluster)
    : settings_(std::move(settings)),
      cluster_(std::move(cluster)),
      api_(std::move(config), http, processes, settings_.client),
      informer_(api_, cache_, settings_) {}

Timestamp KubeCluster::now() const { return settings_.client.now ? settings_.client.now() : runtime::now(); }

void KubeCluster::touched(const StoreRef& store) {
    const auto time = std::chrono::steady_clock::now();
    const std::scoped_lock lock(touched_mutex_);
    std::erase_if(touched_, [&](const auto& entry) { return time - entry.second > settings_.cache_settle; });
    touched_[store.id.str()] = time;
}

bool KubeCluster::recently_touched(const std::string& store) {
    const std::scoped_lock lock(touched_mutex_);
    const auto found = touched_.find(store);
    return found != touched_.end() &&
           std::chrono::steady_clock::now() - found->second <= settings_.cache_settle;
}

Result<KubeCluster::Place> KubeCluster::look_at_namespace(const StoreRef& store,
                                                          const std::stop_token& stop) {
    auto object = api_.find(path_of(kNamespace, {}, store.ns.str()), stop);
    if (!object) {
        return forward(std::move(object));
    }
    Place place;
    if (!*object) {
        return place;
    }
    place.space = read_space(**object);
    if (place.space.manager != kManager || place.space.store != store.id.str()) {
        place.state = NamespaceState::Foreign;
    } else {
        place.state = place.space.terminating ? NamespaceState::Terminating : NamespaceState::Ours;
    }
    return place;
}

Result<Space> KubeCluster::own_namespace(const StoreRef& store, const std::stop_token& stop) {
    auto place = look_at_namespace(store, stop);
    if (!place) {
        return forward(std::move(place));
    }
    switch (place->state) {
        case NamespaceState::Ours:
            return std::move(place->space);
        case NamespaceState::Absent:
            return fail(ErrorCode::NotFound, "the namespace " + store.ns.str() + " does not exist",
                        "NamespaceAbsent");
        case NamespaceState::Terminating:
            return fail(ErrorCode::Conflict, "the namespace " + store.ns.str() + " is being deleted",
                        "NamespaceTerminating");
        case NamespaceState::Foreign:
            break;
    }
    return fail(ErrorCode::Forbidden, "the namespace " + store.ns.str() + " is not this store's",
                "NamespaceForeign");
}

Result<bool> KubeCluster::may_remove(const StoreRef& store, const std::stop_token& stop) {
    auto place = look_at_namespace(store, stop);
    if (!place) {
        return forward(std::move(place));
    }
    if (place->state == NamespaceState::Foreign) {
        return fail(ErrorCode::Forbidden, "the namespace " + store.ns.str() + " is not this store's",
                    "NamespaceForeign");
    }
    return place->state != NamespaceState::Absent;
}

Result<> KubeCluster::create_namespace(const StoreRef& store, std::stop_token stop) {
    touched(store);
    auto made = api_.create(path_of(kNamespace), namespace_object(store, settings_), stop);
    if (made) {
        return {};
    }
    if (made.error().code != ErrorCode::Conflict) {
        return forward(std::move(made));
    }
    auto mine = own_namespace(store, stop);
    if (mine) {
        return {};
    }
    if (mine.error().code == ErrorCode::NotFound || mine.error().code == ErrorCode::Forbidden) {
        mine.error().code = ErrorCode::Conflict;  // gone in between: the next turn makes it
    }
    return forward(std::move(mine));
}

Result<> KubeCluster::annotate(const StoreRef& store, std::string_view key, const std::string& value,
                               const std::stop_token& stop) {
    json::object annotations{{key, value}};
    const json::object patch{{"metadata", json::object{{"annotations", std::move(annotations)}}}};
    auto done = api_.merge_patch(path_of(kNamespace, {}, store.ns.str()), patch, stop);
    if (!done) {
        return forward(std::move(done));
    }
    return {};
}

Result<> KubeCluster::stamp_epoch(const StoreRef& store, std::int64_t epoch, std::stop_token stop) {
    Result<> last;
    for (int attempt = 0; attempt < kEpochAttempts; ++attempt) {
        auto mine = own_namespace(store, stop);
        if (!mine) {
            return forward(std::move(mine));
        }
        const auto held = parse_epoch(mine->epoch);
        if (held && *held > epoch) {
            return fail(ErrorCode::Conflict, "a newer lease has stamped the namespace " + store.ns.str(),
                        "LeaseLost");
        }
        if (held && *held == epoch) {
            return {};
        }
        // The version makes the patch conditional: whoever comes between our look and our write makes us look
        // again.
        json::object annotations{{kEpoch, std::to_string(epoch)}};
        const json::object patch{{"metadata", json::object{{"resourceVersion", mine->resource_version},
                                                           {"annotations", std::move(annotations)}}}};
        auto done = api_.merge_patch(path_of(kNamespace, {}, store.ns.str()), patch, stop);
        if (done) {
            touched(store);
            return {};
        }
        if (done.error().code != ErrorCode::Conflict) {
            return forward(std::move(done));
        }
        last = forward(std::move(done));
    }
    return last;
}

Result<> KubeCluster::ensure_secret(const StoreRef& store, const app::SecretWish& secret,
                                    std::stop_token stop) {
    if (auto mine = own_namespace(store, stop); !mine) {
        return forward(std::move(mine));
    }
    json::object data;
    for (const auto& [key, value] : secret.values) {
        data[key] = runtime::base64_encode(value.reveal());
    }
    const json::object object{
        {"apiVersion", "v1"},
        {"kind", "Secret"},
        {"type", "Opaque"},
        {"metadata",
         json::object{{"name", secret.name}, {"namespace", store.ns.str()}, {"labels", labels_of(store)}}},
        {"data", std::move(data)}};
    auto made = api_.create(path_of(kSecret, store.ns.str()), object, stop);
    if (made || (made.error().code == ErrorCode::Conflict && made.error().reason == "AlreadyExists")) {
        return {};
    }
    return forward(std::move(made));
}

Result<std::map<std::string, Secret>> KubeCluster::read_secret(const StoreRef& store, std::string_view name,
                                                               std::stop_token stop) {
    auto mine = own_namespace(store, stop);
    // Logs of a store that is being deleted are masked too, so its Secrets stay readable to the end.
    if (!mine && mine.error().reason != "NamespaceTerminating") {
        return forward(std::move(mine));
    }
    auto object = api_.get(path_of(kSecret, store.ns.str(), name), stop);
    if (!object) {
        return forward(std::move(object));
    }
    std::map<std::string, Secret> values;
    for (const json::key_value_pair& entry : object_at(*object, {"data"})) {
        const json::string* text = entry.value().if_string();
        auto value = text == nullptr ? Result<std::string>(std::string())
                                     : runtime::base64_decode({text->data(), text->size()});
        if (!value) {
            return fail(ErrorCode::Internal,
                        "the Secret " + std::string(name) + " holds something that is not base64");
        }
        values.emplace(std::string(entry.key().data(), entry.key().size()), Secret(std::move(*value)));
    }
    return values;
}

Result<> KubeCluster::ensure_route(const StoreRef& store, const app::RouteWish& route, std::stop_token stop) {
    auto mine = own_namespace(store, stop);
    if (!mine) {
        return forward(std::move(mine));
    }
    if (route.hosts.empty() || route.routes.empty()) {
        return fail(ErrorCode::InvalidInput, "a route needs a host and a path");
    }
    touched(store);
    // The admission policy compares the Ingress with this annotation, so it comes first.
    if (const std::string hosts = joined(route.hosts); mine->hosts != hosts) {
        if (auto ok = annotate(store, kHosts, hosts, stop); !ok) {
            return ok;
        }
    }
    return apply_patiently(path_of(kIngress, store.ns.str(), store.release),
                           ingress_object(store, route, cluster_), stop)
        .map([](const json::value&) {});
}

Result<std::chrono::microseconds> KubeCluster::ping(std::stop_token stop) {
    const auto start = std::chrono::steady_clock::now();
    if (auto text = api_.get_text("/readyz", {}, stop); !text) {
        return forward(std::move(text));
    }
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
}

}  // namespace souk::kube
