#include "tests/support/stub_engines.hpp"

namespace souk::fakes {

std::shared_ptr<EnginePack> tiny_pack() {
    auto pack = std::make_shared<EnginePack>();
    pack->engine.name = "tiny";
    pack->engine.title = "Tiny";
    pack->engine.version = "1";
    pack->engine.provisioning_deadline = std::chrono::seconds(300);
    pack->engine.secrets = {
        {"admin", {{"username", "admin", 0, "", ""}, {"password", "", 24, "alphanumeric", ""}}}};
    pack->engine.routes = {{"/", "web", 8080}};
    pack->engine.urls = {{"storefront", "/"}};
    pack->engine.setup_component = "setup";
    pack->engine.can_suspend = pack->engine.can_restart = true;
    pack->engine.data_components = {"database"};
    pack->engine.components = {{"web", {{"starter", {"50m", "64Mi"}}}},
                               {"database", {{"starter", {"50m", "64Mi"}}}}};
    pack->digest = "sha256:tiny";
    pack->archive = "archive";
    return pack;
}

}  // namespace souk::fakes
