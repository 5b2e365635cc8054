// One look at a store: the namespace and Helm's records live, the rest from the cache when that is sure.
#include "adapters/kube/kube_cluster.hpp"
#include "adapters/kube/names.hpp"
#include "core/common/split.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace souk::kube {
namespace {

using app::StoreRef;

constexpr std::size_t kEventLimit = 200;
constexpr std::int64_t kLastSecond = 253'402'300'799;  // of the year 9999

template <class Number>
Number parse_number(const std::string& text) {
    Number value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// Everything else that holds an object back stands in its finalizers.
std::string held_by(const json::value& object) {
    std::string out;
    for (const json::value& finalizer : array_at(object, {"metadata", "finalizers"})) {
        if (const json::string* text = finalizer.if_string()) {
            out += (out.empty() ? "finalizer " : ", ") + std::string(text->data(), text->size());
        }
    }
    return out;
}

}  // namespace

Result<KubeCluster::Secrets> KubeCluster::list_secrets(const StoreRef& store, const std::stop_token& stop) {
    Secrets out;
    auto done = api_.list_metadata(
        path_of(kSecret, store.ns.str()), {},
        [&](const json::value& item) {
            out.names.push_back(text_at(item, {"metadata", "name"}));
            if (label_of(item, "owner") != "helm" || label_of(item, "name") != store.release) {
                return;
            }
            out.records.push_back({parse_number<int>(label_of(item, "version")), label_of(item, "status"),
                                   label_of(item, kDigest)});
            // Helm notes each change of a record as seconds; the creation is the floor.
            const Timestamp changed = from_micros(
                1'000'000 * std::clamp<std::int64_t>(parse_number<std::int64_t>(label_of(item, "modifiedAt")),
                                                     0, kLastSecond));
            out.newest_record =
                std::max({out.newest_record, changed, time_at(item, {"metadata", "creationTimestamp"})});
        },
        stop);
    if (done) {
        return out;
    }
    if (done.error().code != ErrorCode::Forbidden) {
        return forward(std::move(done));
    }
    // No rights there: the fence was never finished, or somebody took the binding away. Helm, with the same
    // identity, has no way to a release either, so none counts; without deletion the fence is made (again)
    // first.
    out.readable = false;
    return out;
}

Result<StoreView> KubeCluster::live_view(const StoreRef& store, const std::stop_token& stop) {
    StoreView view;
    const Query query{{"labelSelector", std::string(kStore) + "=" + store.id.str()}};
    const std::string& ns = store.ns.str();
    const auto list = [&](const Kind& kind, const std::function<void(const json::value&)>& each) {
        return api_.list(path_of(kind, ns), query, each, stop);
    };
    const auto add = [&](bool stateful) {
        return [&view, stateful](const json::value& item) {
            view.workloads.push_back(read_workload(item, stateful));
        };
    };
    // Pods first: what their owners say is then never older than what the pods say.
    auto ok = list(kPod, [&](const json::value& item) { view.pods.push_back(read_pod(item)); });
    if (ok) {
        ok = list(kDeployment, add(false));
    }
    if (ok) {
        ok = list(kStatefulSet, add(true));
    }
    if (ok) {
        ok = list(kJob, [&](const json::value& item) { view.jobs.push_back(read_job(item)); });
    }
    if (ok) {
        ok = list(kIngress, [&](const json::value& item) { view.routes.push_back(read_route(item)); });
    }
    if (!ok) {
        return forward(std::move(ok));
    }
    return view;
}

Result<StoreView> KubeCluster::view_of(const StoreRef& store, Timestamp newest_record,
                                       const std::stop_token& stop) {
    const bool settled = !recently_touched(store.id.str()) && now() - newest_record > settings_.cache_settle;
    if (settled) {
        if (auto view = cache_.view(store.id.str(), store.ns.str())) {
            return std::move(*view);
        }
    }
    return live_view(store, stop);
}

Result<std::vector<FailedCreate>> KubeCluster::failed_creates(const StoreRef& store,
                                                              const std::stop_token& stop) {
    std::vector<FailedCreate> out;
    auto done = api_.list(
        path_of(kEvent, store.ns.str()), {{"fieldSelector", "reason=FailedCreate"}},
        [&](const json::value& item) {
            if (out.size() < kEventLimit) {
                out.push_back({text_at(item, {"involvedObject", "uid"}),
                               text_at(item, {"involvedObject", "name"}), text_at(item, {"message"})});
            }
        },
        stop);
    if (!done) {
        return forward(std::move(done));
    }
    return out;
}

Result<> KubeCluster::fill_parts(const app::ObserveRequest& request, const Space& space,
                                 const Secrets& secrets, Observed& seen, const std::stop_token& stop) {
    auto view = view_of(request.store, secrets.newest_record, stop);
    if (!view) {
        return forward(std::move(view));
    }
    for (const Route& route : view->routes) {
        if (route.name == request.store.release) {
            // One with other hosts than agreed is made again, as if it were not there.
            seen.route_exists = request.deletion || route.hosts == split(space.hosts, ',');
            seen.route = assess_route(route);
        }
    }
    if (request.engine == nullptr) {
        return {};
    }
    const Engine& engine = *request.engine;
    if (seen.release.state != ReleaseState::Absent) {
        seen.data = assess_data(*view, engine.data_components, now());
    }
    if (!engine.setup_component.empty()) {
        seen.setup = assess_setup(*view, engine.setup_component, now());
    }
    seen.workloads = assess_workloads(*view, request.store.release, now());
    const ShopSize shop = assess_shop(*view, request.store.release);
    seen.shop_replicas = shop.replicas;
    seen.shop_pods = shop.pods;
    if (seen.workloads.state == Readiness::Ready && seen.data.state == Readiness::Ready &&
        (engine.setup_component.empty() || seen.setup.state == Readiness::Ready)) {
        return {};
    }
    const Awaited awaited = seen.data.state != Readiness::Ready ? Awaited::Data
                            : !engine.setup_component.empty() && seen.setup.state != Readiness::Ready
                                ? Awaited::Setup
                                : Awaited::Workloads;
    seen.blocked = find_blocked(*view, engine, awaited, now());
    if (!seen.blocked && !without_pods(*view).empty()) {
        auto events = failed_creates(request.store, stop);
        if (!events) {
            return forward(std::move(events));
        }
        seen.blocked = find_refused(*view, *events);
    }
    return {};
}

Result<Observed> KubeCluster::observe(const app::ObserveRequest& request, std::stop_token stop) {
    const StoreRef& store = request.store;
    auto place = look_at_namespace(store, stop);
    if (!place) {
        return forward(std::move(place));
    }
    Observed seen;
    seen.ns = place->state;
    if (place->state == NamespaceState::Foreign) {
        seen.namespace_message =
            "The namespace " + store.ns.str() + " exists and does not belong to this store.";
    } else if (place->state == NamespaceState::Terminating) {
        seen.namespace_message = place->space.message.empty()
                                     ? "The namespace " + store.ns.str() + " is being deleted."
                                     : place->space.message;
    }
    if (place->state == NamespaceState::Absent || place->state == NamespaceState::Foreign) {
        if (request.deletion) {
            auto left = remnants(store, stop);
            if (!left) {
                return forward(std::move(left));
            }
            seen.remnants = std::move(*left);
        }
        return seen;
    }
    auto secrets = list_secrets(store, stop);
    if (!secrets) {
        return forward(std::move(secrets));
    }
    if (!request.deletion && secrets->readable && !request.fence_digest.empty() &&
        place->space.fence == request.fence_digest && place->space.enforce == "restricted") {
        const auto stands = fence_stands(store, place->space, stop);
        if (!stands) {
            return forward(stands);
        }
        seen.fence_current = *stands;
    }
    seen.release = assess_release(secrets->records);
    if (request.engine != nullptr) {
        seen.secrets_complete =
            secrets->readable &&
            std::all_of(request.engine->secrets.begin(), request.engine->secrets.end(),
                        [&](const EngineSecret& secret) {
                            return std::find(secrets->names.begin(), secrets->names.end(),
                                             object_name(secret, store.release)) != secrets->names.end();
                        });
    }
    if (auto ok = fill_parts(request, place->space, *secrets, seen, stop); !ok) {
        return forward(std::move(ok));
    }
    return seen;
}

Result<std::vector<ObservedRemnant>> KubeCluster::remnants(const StoreRef& store,
                                                           const std::stop_token& stop) {
    static constexpr std::array kEverywhere = {&kPod, &kDeployment, &kStatefulSet, &kReplicaSet,
                                               &kJob, &kClaim,      &kService,     &kIngress};
    std::vector<ObservedRemnant> out;
    const Query query{{"labelSelector", std::string(kStore) + "=" + store.id.str()}};
    for (const Kind* kind : kEverywhere) {
        auto done = api_.list_metadata(
            path_of(*kind), query,
            [&](const json::value& item) {
                out.push_back({std::string(kind->name), text_at(item, {"metadata", "name"}),
                               text_at(item, {"metadata", "namespace"}), held_by(item)});
            },
            stop);
        if (!done) {
            return forward(std::move(done));
        }
    }
    // Volumes carry no label of ours; the claim they belonged to says whose they are.
    auto done = api_.list(
        path_of(kVolume), {},
        [&](const json::value& item) {
            if (text_at(item, {"spec", "claimRef", "namespace"}) != store.ns.str()) {
                return;
            }
            const std::string policy = text_at(item, {"spec", "persistentVolumeReclaimPolicy"});
            out.push_back({std::string(kVolume.name), text_at(item, {"metadata", "name"}), "",
                           policy == "Delete" ? held_by(item) : "reclaim policy " + policy});
        },
        stop);
    if (!done) {
        return forward(std::move(done));
    }
    return out;
}

}  // namespace souk::kube
