#include "app/ports/engines.hpp"

namespace souk::app {

std::string host_for(const Slug& slug, const ClusterSettings& cluster) {
    return slug.str() + "." + cluster.host_suffix;
}

std::string url_of(const std::string& host, const ClusterSettings& cluster) {
    const bool own_port = (cluster.scheme == "http" && cluster.public_port == 80) ||
                          (cluster.scheme == "https" && cluster.public_port == 443);
    return cluster.scheme + "://" + host + (own_port ? "" : ":" + std::to_string(cluster.public_port));
}

StoreAddress address_of(const Store& store, const ClusterSettings& cluster) {
    const std::string host = store.hosts.empty() ? host_for(store.slug, cluster) : store.hosts.front();
    return {host, url_of(host, cluster)};
}

}  // namespace souk::app
