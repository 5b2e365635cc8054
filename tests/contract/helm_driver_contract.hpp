#pragma once

#include "app/ports/helm_driver.hpp"
#include "core/reconcile/observed.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>

namespace souk::contract {

/// What a HelmDriver works on, fake or real.
class HelmWorld {
public:
    virtual ~HelmWorld() = default;
    virtual app::HelmDriver& driver() = 0;
    virtual NamespaceName new_namespace() = 0;
    virtual ObservedRelease observed(const NamespaceName& ns, const std::string& release) = 0;
    /// A request that works; `greeting` makes another version of it.
    virtual app::ReleaseRequest request(const NamespaceName& ns, const std::string& greeting) = 0;
    /// A request whose values the chart refuses.
    virtual app::ReleaseRequest wrong_request(const NamespaceName& ns) = 0;
    /// A request that the chart renders and the API server refuses.
    virtual app::ReleaseRequest refused_request(const NamespaceName& ns) = 0;
    /// Begins this apply and kills helm in the middle; what the driver said.
    virtual Result<> apply_and_die(const app::ReleaseRequest& request) = 0;
    /// Applies the request, begins its removal and kills helm in the middle; what the driver said.
    virtual Result<> remove_and_die(const app::ReleaseRequest& request) = 0;
    /// Removes Helm's records, of the newest revision only or all of them, and nothing else.
    virtual void forget_newest(const NamespaceName& ns, const std::string& release) = 0;
    virtual void forget(const NamespaceName& ns, const std::string& release) = 0;
    /// Every object of the release with its uid: equal texts mean that nothing was made anew.
    virtual std::string objects(const NamespaceName& ns) = 0;
    virtual void stop_api() = 0;
    virtual void start_api() = 0;
};

struct HelmWorldParam {
    const char* name;
    /// Null with a sentence in `missing` when the real thing is not here: then every case fails.
    std::function<std::unique_ptr<HelmWorld>(std::string& missing)> make;
};

inline void PrintTo(const HelmWorldParam& param, std::ostream* out) { *out << param.name; }

class HelmDriverContract : public ::testing::TestWithParam<HelmWorldParam> {
protected:
    void SetUp() override {
        std::string missing;
        world_ = GetParam().make(missing);
        ASSERT_NE(world_, nullptr) << missing;
    }
    app::HelmDriver& driver() { return world_->driver(); }

    std::unique_ptr<HelmWorld> world_;
};

}  // namespace souk::contract
