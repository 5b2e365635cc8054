#pragma once

#include "app/faults/fault_points.hpp"
#include "app/ports/helm_driver.hpp"

#include <utility>

namespace souk::app {

/// Decorator: reaches "helm.<call>.before" and ".after" around every call.
class FaultingHelmDriver final : public HelmDriver {
public:
    FaultingHelmDriver(HelmDriver& inner, FaultPoint reach) : inner_(inner), reach_(std::move(reach)) {}
    Result<> apply(const ReleaseRequest& request, std::stop_token stop) override {
        return around(reach_, "helm.apply", [&] { return inner_.apply(request, stop); });
    }
    Result<> remove(const ReleaseRef& release, std::stop_token stop) override {
        return around(reach_, "helm.remove", [&] { return inner_.remove(release, stop); });
    }
    Result<> rollback(const ReleaseRef& release, int revision, std::stop_token stop) override {
        return around(reach_, "helm.rollback", [&] { return inner_.rollback(release, revision, stop); });
    }

private:
    HelmDriver& inner_;
    FaultPoint reach_;
};

}  // namespace souk::app
