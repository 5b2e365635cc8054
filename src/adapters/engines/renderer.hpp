#pragma once

#include "app/ports/engines.hpp"

#include <map>
#include <string>
#include <vector>

namespace souk::engines {

/// Fills the texts of engine.yaml. Stateless. Errors: InvalidInput, reason "PlanUnknown", when the engine
/// does not state the store's plan; Internal for a manifest that did not come from the parser.
class ManifestRenderer final : public app::EngineRenderer {
public:
    Result<app::RenderedValues> values(const Store& store, const EnginePack& pack,
                                       const app::ClusterSettings& cluster) override;
    Result<std::vector<app::SecretWish>> secrets(const Store& store, const Engine& engine,
                                                 const app::ClusterSettings& cluster) override;
    std::map<std::string, std::string> secret_names(const Store& store, const Engine& engine) const override;
};

/// The value of a `store.*` placeholder. NotFound for any other name.
Result<std::string> store_fact(const Store& store, const app::StoreAddress& address, const std::string& name);

/// `host`, or `<slug>.example.com` when nobody could send mail to it (one label, an IP address, .localhost,
/// .test, ...).
std::string mail_host(const std::string& host, const Slug& slug);

}  // namespace souk::engines
