#pragma once

#include "app/ports/cluster.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace souk::contract {

/// What the suite needs besides the port: an outside that can be arranged.
class ClusterWorld {
public:
    virtual ~ClusterWorld() = default;
    virtual app::Cluster& cluster() = 0;
    /// The same port without an API server behind it.
    virtual app::Cluster& unreachable() = 0;
    /// Never seen before.
    virtual app::StoreRef new_store() = 0;
    virtual void make_foreign_namespace(const NamespaceName& ns) = 0;
    /// Somebody deletes this object of the store's fence.
    virtual void damage_fence(const app::StoreRef& store, std::string_view plural, std::string_view name) = 0;
    virtual bool namespace_exists(const NamespaceName& ns) = 0;
    /// What Helm leaves behind after an install: its record, a StatefulSet "db", a Job "setup", a Deployment
    /// "web".
    virtual void install(const app::StoreRef& store, const std::string& digest) = 0;
    /// Lets time pass until `seen` holds; false when it never does.
    virtual bool until(const app::StoreRef& store, const std::function<bool()>& seen) = 0;
};

using MakeWorld = std::function<std::unique_ptr<ClusterWorld>()>;

/// The engine that `install` plays.
inline Engine contract_engine() {
    Engine engine;
    engine.name = "tiny";
    engine.secrets = {{"admin", {}}, {"database", {}}};
    engine.setup_component = "setup";
    engine.data_components = {"db"};
    engine.routes = {{"/", "web", 8080}};
    return engine;
}

/// The promises of app::Cluster. The cases are in cluster_contract_cases.hpp, which one file per program
/// includes.
class ClusterContract : public ::testing::TestWithParam<MakeWorld> {
protected:
    void SetUp() override {
        world_ = GetParam()();
        ASSERT_NE(world_, nullptr);
        store_ = world_->new_store();
    }

    app::Cluster& cluster() { return world_->cluster(); }
    const app::StoreRef& store() const { return *store_; }
    app::FenceWish fence() const { return app::FenceWish::of(plan_, engine_); }
    std::string digest() { return cluster().fence_digest(store(), fence()); }
    Result<Observed> look(bool deletion = false) {
        return cluster().observe({store(), &engine_, digest(), deletion}, std::stop_token{});
    }
    void make_fenced_namespace() {
        ASSERT_TRUE(cluster().create_namespace(store(), {}));
        make_fence();
    }
    void make_fence() {
        const auto fenced = cluster().ensure_fence(store(), fence(), {});
        ASSERT_TRUE(fenced) << fenced.error().message;
    }
    void make_secrets() {
        ASSERT_TRUE(cluster().ensure_secret(store(), {"souk-admin", {{"password", Secret("first")}}}, {}));
        ASSERT_TRUE(cluster().ensure_secret(
            store(), {store().release + "-database", {{"password", Secret("second")}}}, {}));
    }
    bool until(const std::function<bool(const Observed&)>& holds, bool deletion = false) {
        return world_->until(store(), [&] {
            const auto seen = look(deletion);
            return seen && holds(*seen);
        });
    }

    Plan plan_ = default_plans().front();
    Engine engine_ = contract_engine();
    std::unique_ptr<ClusterWorld> world_;
    std::optional<app::StoreRef> store_;
};

}  // namespace souk::contract
