#include "adapters/kube/fence.hpp"
#include "adapters/kube/names.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <utility>

namespace souk::kube {

json::value ingress_object(const app::StoreRef& store, const app::RouteWish& route,
                           const app::ClusterSettings& cluster) {
    std::vector<EngineRoute> routes = route.routes;
    // Controllers sort by length themselves; we do not rely on it.
    std::stable_sort(routes.begin(), routes.end(), [](const EngineRoute& a, const EngineRoute& b) {
        return a.path.size() > b.path.size();
    });
    json::array rules;
    for (const std::string& host : route.hosts) {
        json::array paths;
        for (const EngineRoute& entry : routes) {
            json::object service{{"name", store.release + "-" + entry.service},
                                 {"port", json::object{{"number", entry.port}}}};
            paths.push_back(json::object{{"path", entry.path},
                                         {"pathType", "Prefix"},
                                         {"backend", json::object{{"service", std::move(service)}}}});
        }
        rules.push_back(json::object{{"host", host}, {"http", json::object{{"paths", std::move(paths)}}}});
    }
    json::object spec{{"rules", std::move(rules)}};
    if (!cluster.ingress_class.empty()) {
        spec["ingressClassName"] = cluster.ingress_class;
    }
    return json::object{
        {"apiVersion", "networking.k8s.io/v1"},
        {"kind", "Ingress"},
        {"metadata",
         json::object{{"name", store.release}, {"namespace", store.ns.str()}, {"labels", labels_of(store)}}},
        {"spec", std::move(spec)}};
}

}  // namespace souk::kube
