#pragma once

#include "app/ports/cluster.hpp"
#include "core/common/result.hpp"
#include "core/common/secret.hpp"
#include "core/engine/engine.hpp"
#include "core/plan/plan.hpp"
#include "core/store/store.hpp"

#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace souk::app {

/// The engines in the configured folder, as they are now. Thread-safe; packs are immutable.
class EngineCatalogue {
public:
    virtual ~EngineCatalogue() = default;
    virtual std::vector<std::shared_ptr<const EnginePack>> list() const = 0;
    virtual std::shared_ptr<const EnginePack> find(std::string_view name) const = 0;  // null: unknown
    /// A pack from the database's archive; cached by digest.
    virtual Result<std::shared_ptr<const EnginePack>> open(std::string_view digest,
                                                           std::string_view archive) = 0;
    /// The folder of the pack's chart on this machine, unpacked when needed.
    virtual Result<std::string> chart_path(const EnginePack& pack) = 0;
};

/// What placeholders of an engine stand for.
struct StoreAddress {
    std::string host;  // without port
    std::string url;   // as a browser reaches it, no trailing slash
};

/// Settings of the cluster that the values carry.
struct ClusterSettings {
    std::string host_suffix = "localhost";
    std::string scheme = "http";
    int public_port = 80;  // left out of URLs when it is the scheme's own
    std::string ingress_class = "traefik";
    std::string dns_namespace = "kube-system";
    std::string route_namespace = "traefik";
    std::map<std::string, std::string> route_pod_labels = {{"app.kubernetes.io/name", "traefik"}};
    std::string storage_class;
};

StoreAddress address_of(const Store& store, const ClusterSettings& cluster);
std::string host_for(const Slug& slug, const ClusterSettings& cluster);
/// As a browser reaches the host, no trailing slash.
std::string url_of(const std::string& host, const ClusterSettings& cluster);

/// Helm values of a store (docs/reference/engine.md, section 2) as canonical JSON, and the digest over chart
/// and values.
struct RenderedValues {
    std::string json;
    std::string digest;  // 40 hex characters: fits a label
};

/// Fills an engine's texts with a store's facts. Pure apart from random text. Thread-safe.
class EngineRenderer {
public:
    virtual ~EngineRenderer() = default;
    virtual Result<RenderedValues> values(const Store& store, const EnginePack& pack,
                                          const ClusterSettings& cluster) = 0;
    /// Fresh values for the engine's Secrets (Kubernetes names resolved).
    virtual Result<std::vector<SecretWish>> secrets(const Store& store, const Engine& engine,
                                                    const ClusterSettings& cluster) = 0;
    /// Kubernetes names of the engine's Secrets by their name in engine.yaml.
    virtual std::map<std::string, std::string> secret_names(const Store& store,
                                                            const Engine& engine) const = 0;
};

struct CheckRequest {
    const Store* store = nullptr;
    const Engine* engine = nullptr;
    StoreAddress address;
    /// name in engine.yaml -> key -> value
    std::map<std::string, std::map<std::string, Secret>> secrets;
    bool only_always = false;
};

struct CheckFailure {
    std::string check;
    std::string step;
    std::string message;  // one sentence, no secret, no trusted content of the store
};

/// Runs the engine's checks through the real entry point. The outer error is ours (no entry point configured,
/// Cancelled); what the store does wrong is the inner value. Blocking, bounded time-outs. Thread-safe.
class EngineChecks {
public:
    virtual ~EngineChecks() = default;
    virtual Result<std::optional<CheckFailure>> run(const CheckRequest& request, std::stop_token stop) = 0;
};

}  // namespace souk::app
