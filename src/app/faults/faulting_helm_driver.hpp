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
        return around("helm.apply", [&] { return inner_.apply(request, stop); });
    }
    Result<> remove(const ReleaseRef& release, std::stop_token stop) override {
        return around("helm.remove", [&] { return inner_.remove(release, stop); });
    }
    Result<> rollback(const ReleaseRef& release, int revision, std::stop_token stop) override {
        return around("helm.rollback", [&] { return inner_.rollback(release, revision, stop); });
    }

private:
    template <class Call>
    Result<> around(std::string_view name, Call&& call) {
        reach_(std::string(name) + ".before");
        auto result = call();
        reach_(std::string(name) + ".after");
        return result;
    }

    HelmDriver& inner_;
    FaultPoint reach_;
};

}  // namespace souk::app
