#include "app/stores/validate_store.hpp"

#include "app/stores/place_in_line.hpp"

#include <set>
#include <utility>

namespace souk::app {
namespace {

std::vector<Makes> makes_of(const Slug& slug, const std::string& host, const Engine& engine,
                            const Plan& plan) {
    const std::string& release = slug.str();
    std::vector<Makes> out = {
        {"Namespace", "", "A space of its own that nothing else shares"},
        {"ResourceQuota", "souk-plan",
         "Holds the store to its plan: " + plan.limits_cpu + " CPU, " + plan.limits_memory + " memory, " +
             plan.storage + " disk"},
        {"LimitRange", "souk-plan", "Gives each container its share"},
        {"NetworkPolicy", "souk-default-deny", "Closes the network but for what the store needs"},
        {"ServiceAccount", "souk-store", "An identity without any rights"}};
    for (const EngineSecret& secret : engine.secrets) {
        out.push_back({"Secret", object_name(secret, release),
                       secret.name == "admin" ? "The login of the store's admin, made for it alone"
                                              : "Passwords and keys, made for this store alone"});
    }
    out.push_back({"Release", release, engine.title + " " + engine.version});
    for (const std::string& component : engine.data_components) {
        out.push_back({"StatefulSet", release + "-" + component, "Keeps the data"});
        out.push_back({"PersistentVolumeClaim", "", "The disk of " + component});
    }
    for (const auto& [component, plans] : engine.components) {
        const auto requests = plans.find(plan.name);
        if (role_of(engine, component) == "service" && requests != plans.end()) {
            out.push_back({"Deployment", release + "-" + component,
                           "Runs with " + requests->second.cpu + " CPU and " + requests->second.memory +
                               " memory at least"});
        }
    }
    if (!engine.setup_component.empty()) {
        out.push_back({"Job", "", "Sets the shop up once"});
    }
    std::set<std::string> services;
    for (const EngineRoute& route : engine.routes) {
        if (services.insert(route.service).second) {
            out.push_back({"Service", release + "-" + route.service, "Answers under " + route.path});
        }
    }
    out.push_back({"Ingress", release, "Leads " + host + " to the store"});
    return out;
}

/// Everybody who stands in the line now stands before a new one.
StoreId last_id() {
    std::array<std::uint8_t, 16> bytes{};
    bytes.fill(0xFF);
    return StoreId::from_bytes(bytes);
}

}  // namespace

Result<Validation> ValidateStore::operator()(const NewStore& input, const Caller& caller) const {
    auto known = parse_new_store(input, engines_, plans_);
    if (!known) {
        return forward(known);
    }
    auto begun = database_.begin(Access::Read);
    if (!begun) {
        return forward(begun);
    }
    Transaction& tx = **begun;
    auto slug = find_room(tx, known->name, caller, limits_);
    if (!slug) {
        return forward(slug);
    }
    const auto line = tx.stores().line_before(last_id(), tx.now());
    if (!line) {
        return forward(line);
    }
    std::string host = host_for(*slug, cluster_);
    auto makes = makes_of(*slug, host, known->pack->engine, known->plan);
    return Validation{.name = std::move(known->name),
                      .slug = std::move(*slug),
                      .host = std::move(host),
                      .pack = std::move(known->pack),
                      .plan = std::move(known->plan),
                      .makes = std::move(makes),
                      .waits = !find_place(*line, caller.team, limits_).is_free};
}

}  // namespace souk::app
