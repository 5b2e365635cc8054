// The fence's NetworkPolicies. Policies add up: each of these only opens what it names.
#include "adapters/kube/fence.hpp"
#include "adapters/kube/names.hpp"

#include <boost/json.hpp>

#include <array>
#include <utility>

namespace souk::kube {
namespace {

// Networks inside the cluster, the node or the provider: private use (RFC 1918), carrier NAT, link-local with
// the metadata services, loopback, "this network", protocol assignments, benchmarking, multicast and
// reserved.
constexpr std::array kPrivateV4 = {"0.0.0.0/8",      "10.0.0.0/8",    "100.64.0.0/10", "127.0.0.0/8",
                                   "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",  "192.168.0.0/16",
                                   "198.18.0.0/15",  "224.0.0.0/4",   "240.0.0.0/4"};
// Their IPv6 twins, and the ranges that carry an IPv4 address inside (NAT64, 6to4).
constexpr std::array kPrivateV6 = {"::1/128",  "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16",
                                   "fc00::/7", "fe80::/10",    "ff00::/8"};

json::object policy_port(std::string_view protocol, int port) {
    return {{"protocol", protocol}, {"port", port}};
}

template <std::size_t N>
json::object internet(std::string_view all, const std::array<const char*, N>& ranges,
                      const std::vector<std::string>& more) {
    json::array except;
    for (const char* range : ranges) {
        except.emplace_back(range);
    }
    for (const std::string& range : more) {
        except.emplace_back(range);
    }
    return {{"ipBlock", json::object{{"cidr", all}, {"except", std::move(except)}}}};
}

json::object namespace_and_pods(std::string_view ns, json::object pod_labels) {
    // The label that Kubernetes itself sets; `name:` could be set by anybody.
    return {{"namespaceSelector",
             json::object{{"matchLabels", json::object{{"kubernetes.io/metadata.name", ns}}}}},
            {"podSelector", json::object{{"matchLabels", std::move(pod_labels)}}}};
}

WantedObject policy(const app::StoreRef& store, std::string_view name, json::object spec) {
    json::object object{
        {"apiVersion", "networking.k8s.io/v1"},
        {"kind", "NetworkPolicy"},
        {"metadata",
         json::object{{"name", name}, {"namespace", store.ns.str()}, {"labels", labels_of(store)}}},
        {"spec", std::move(spec)}};
    return {&kNetworkPolicy, std::string(name), std::move(object)};
}

json::object pods_with(std::string_view label) { return {{"matchLabels", json::object{{label, "true"}}}}; }

}  // namespace

std::vector<WantedObject> network_policies(const app::StoreRef& store, const app::FenceWish& wish,
                                           const app::ClusterSettings& cluster,
                                           const KubeSettings& settings) {
    std::vector<WantedObject> out;
    // Empty lists, not absent ones: they are ours then, and a rule that somebody adds is taken out again.
    out.push_back(policy(store, "souk-default-deny",
                         {{"podSelector", json::object{}},
                          {"policyTypes", json::array{"Ingress", "Egress"}},
                          {"ingress", json::array{}},
                          {"egress", json::array{}}}));

    // A policy is matched after the Service's translation: 5353 is where unprivileged DNS pods listen behind
    // port 53.
    json::object dns{
        {"to", json::array{namespace_and_pods(cluster.dns_namespace, {{"k8s-app", "kube-dns"}})}},
        {"ports", json::array{policy_port("UDP", 53), policy_port("TCP", 53), policy_port("UDP", 5353),
                              policy_port("TCP", 5353)}}};
    out.push_back(policy(store, "souk-dns",
                         {{"podSelector", json::object{}},
                          {"policyTypes", json::array{json::value("Egress")}},
                          {"egress", json::array{std::move(dns)}}}));

    json::object entry_labels;
    for (const auto& [key, value] : cluster.route_pod_labels) {
        entry_labels[key] = value;
    }
    // The pods' ports: the contract of engines has a route's Service listen on the port of its pods. No port
    // at all would open every one of them, so an engine without routes gets no rule.
    json::array web_ports;
    for (const int port : wish.web_ports) {
        web_ports.push_back(policy_port("TCP", port));
    }
    json::array web;
    if (!web_ports.empty()) {
        web.push_back(json::object{
            {"from", json::array{namespace_and_pods(cluster.route_namespace, std::move(entry_labels))}},
            {"ports", std::move(web_ports)}});
    }
    out.push_back(policy(store, "souk-web",
                         {{"podSelector", pods_with("souk.dev/web")},
                          {"policyTypes", json::array{json::value("Ingress")}},
                          {"ingress", std::move(web)}}));

    json::object public_net{
        {"to", json::array{internet("0.0.0.0/0", kPrivateV4, settings.more_private_ranges_v4),
                           internet("::/0", kPrivateV6, settings.more_private_ranges_v6)}},
        {"ports", json::array{policy_port("TCP", 80), policy_port("TCP", 443)}}};
    out.push_back(policy(store, "souk-internet",
                         {{"podSelector", pods_with("souk.dev/egress")},
                          {"policyTypes", json::array{json::value("Egress")}},
                          {"egress", json::array{std::move(public_net)}}}));
    return out;
}

}  // namespace souk::kube
