// How the fence gets around a namespace.
#include "adapters/kube/fence.hpp"
#include "adapters/kube/fence_state.hpp"
#include "adapters/kube/kube_cluster.hpp"
#include "adapters/kube/names.hpp"
#include "runtime/time/clock.hpp"

#include <boost/json.hpp>

#include <utility>

namespace souk::kube {
namespace {

using namespace std::chrono_literals;
using app::StoreRef;

constexpr auto kPatience = 5s;
constexpr auto kPause = 50ms;

/// The role and the subjects of a binding as text; the API server fills in nothing else of them.
std::string rights_of(const json::value& binding) {
    json::array subjects;
    for (const json::value& subject : array_at(binding, {"subjects"})) {
        subjects.push_back(json::object{{"kind", text_at(subject, {"kind"})},
                                        {"name", text_at(subject, {"name"})},
                                        {"namespace", text_at(subject, {"namespace"})}});
    }
    return text_at(binding, {"roleRef", "kind"}) + "/" + text_at(binding, {"roleRef", "name"}) +
           canonical(subjects);
}

}  // namespace

std::string KubeCluster::fence_digest(const StoreRef& store, const app::FenceWish& wish) const {
    return digest_of_fence(store, wish, cluster_, settings_);
}

Result<> KubeCluster::ensure_binding(const StoreRef& store, const std::string& name,
                                     const json::value& wanted, const std::stop_token& stop) {
    // We may create, read and delete bindings, but not change them.
    for (int attempt = 0;; ++attempt) {
        auto made = api_.create(path_of(kRoleBinding, store.ns.str()), wanted, stop);
        if (made) {
            return {};
        }
        if (made.error().code != ErrorCode::Conflict || made.error().reason != "AlreadyExists" ||
            attempt == 1) {
            return forward(std::move(made));
        }
        auto there = api_.find(path_of(kRoleBinding, store.ns.str(), name), stop);
        if (!there) {
            return forward(std::move(there));
        }
        if (*there && rights_of(**there) == rights_of(wanted)) {
            return {};
        }
        if (auto gone = api_.remove(path_of(kRoleBinding, store.ns.str(), name), {}, stop); !gone) {
            return gone;
        }
    }
}

Result<json::value> KubeCluster::apply_patiently(const std::string& path, const json::value& object,
                                                 const std::stop_token& stop) {
    const auto until = std::chrono::steady_clock::now() + kPatience;
    for (;;) {
        auto done = api_.apply(path, object, stop);
        if (done) {
            return done;
        }
        const bool passing = done.error().code == ErrorCode::Forbidden &&
                             (done.error().reason == "Forbidden" || done.error().reason == "AdmissionDenied");
        if (!passing || std::chrono::steady_clock::now() >= until) {
            return forward(std::move(done));
        }
        if (!runtime::sleep_for(kPause, stop)) {
            return fail(ErrorCode::Cancelled, "a stop was requested");
        }
    }
}

Result<> KubeCluster::ensure_fence(const StoreRef& store, const app::FenceWish& wish, std::stop_token stop) {
    if (auto mine = own_namespace(store, stop); !mine) {
        return forward(std::move(mine));
    }
    touched(store);
    for (const WantedObject& wanted : fence_bindings(store, settings_)) {
        if (auto ok = ensure_binding(store, wanted.name, wanted.object, stop); !ok) {
            return ok;
        }
    }
    FenceState state{};
    for (const WantedObject& wanted : fence_objects(store, wish, cluster_, settings_)) {
        const auto kept =
            apply_patiently(path_of(*wanted.kind, store.ns.str(), wanted.name), wanted.object, stop);
        if (!kept) {
            return forward(kept);
        }
        if (const auto index = fence_index(*wanted.kind, wanted.name)) {
            state[*index] = fence_digest_of(*kept);
        }
    }
    // Labels and digests go together and last: they say that all the rest is there.
    json::object annotations{{kFence, fence_digest(store, wish)}, {kFenceState, to_text(state)}};
    const json::object patch{{"metadata", json::object{{"labels", namespace_labels(store, settings_)},
                                                       {"annotations", std::move(annotations)}}}};
    auto done = api_.merge_patch(path_of(kNamespace, {}, store.ns.str()), patch, stop);
    if (!done) {
        return forward(std::move(done));
    }
    return {};
}

Result<bool> KubeCluster::fence_stands(const StoreRef& store, const Space& space,
                                       const std::stop_token& stop) {
    if (const auto cached = cache_.fence(store.id.str(), store.ns.str());
        cached && to_text(*cached) == space.fence_objects) {
        return true;  // a change that the watches have not told yet wakes the store when they do
    }
    // The cache may be behind our own change: before a fence is called broken, the cluster itself is asked.
    FenceState live{};
    const Query query{{"labelSelector", std::string(kManagedBy) + "=" + std::string(kManager) + "," +
                                            std::string(kStore) + "=" + store.id.str()}};
    for (const Kind* kind : {&kQuota, &kLimitRange, &kNetworkPolicy, &kAccount}) {
        auto done = api_.list(
            path_of(*kind, store.ns.str()), query,
            [&](const json::value& item) {
                if (const auto index = fence_index(*kind, text_at(item, {"metadata", "name"}))) {
                    live[*index] = fence_digest_of(item);
                }
            },
            stop);
        if (!done) {
            return forward(std::move(done));
        }
    }
    return to_text(live) == space.fence_objects;
}

}  // namespace souk::kube
