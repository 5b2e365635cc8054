#pragma once

#include "app/ports/engines.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace souk::fakes {

/// One engine, "tiny", with a setup Job, a database part and one Secret; made without files.
std::shared_ptr<EnginePack> tiny_pack();

class StubCatalogue final : public app::EngineCatalogue {
public:
    StubCatalogue() : packs_{tiny_pack()} {}
    std::vector<std::shared_ptr<const EnginePack>> list() const override {
        return {packs_.begin(), packs_.end()};
    }
    std::shared_ptr<const EnginePack> find(std::string_view name) const override {
        for (const auto& pack : packs_) {
            if (pack->engine.name == name) {
                return pack;
            }
        }
        return nullptr;
    }
    Result<std::shared_ptr<const EnginePack>> open(std::string_view digest, std::string_view) override {
        for (const auto& pack : packs_) {
            if (pack->digest == digest) {
                return pack;
            }
        }
        return fail(ErrorCode::NotFound, "no such pack");
    }
    Result<std::string> chart_path(const EnginePack&) override { return std::string("/nowhere/chart"); }

    std::vector<std::shared_ptr<EnginePack>> packs_;
};

class StubRenderer final : public app::EngineRenderer {
public:
    Result<app::RenderedValues> values(const Store& store, const EnginePack&,
                                       const app::ClusterSettings&) override {
        std::string digest = "digest-" + store.plan;
        if (store.restarted) {
            digest += "-restarted-" + std::to_string(to_micros(*store.restarted));
        }
        return app::RenderedValues{"{}", digest + (store.suspension_wanted ? "-suspended" : "")};
    }
    Result<std::vector<app::SecretWish>> secrets(const Store& store, const Engine&,
                                                 const app::ClusterSettings&) override {
        ++made;
        return std::vector<app::SecretWish>{{"souk-admin",
                                             {{"username", Secret("admin@" + store.slug.str())},
                                              {"password", Secret("password-" + std::to_string(made))}}}};
    }
    std::map<std::string, std::string> secret_names(const Store&, const Engine&) const override {
        return {{"admin", "souk-admin"}};
    }
    int made = 0;
};

class StubChecks final : public app::EngineChecks {
public:
    Result<std::optional<app::CheckFailure>> run(const app::CheckRequest& request, std::stop_token) override {
        ++runs;
        if (request.only_always) {
            return failing_always;
        }
        return failing;
    }
    std::optional<app::CheckFailure> failing;
    std::optional<app::CheckFailure> failing_always;
    int runs = 0;
};

}  // namespace souk::fakes
