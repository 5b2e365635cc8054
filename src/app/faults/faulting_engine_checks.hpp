#pragma once

#include "app/faults/fault_points.hpp"
#include "app/ports/engines.hpp"

#include <utility>

namespace souk::app {

/// Decorator: reaches "checks.run.before" and ".after" around the requests of an engine's checks to a store.
class FaultingEngineChecks final : public EngineChecks {
public:
    FaultingEngineChecks(EngineChecks& inner, FaultPoint reach) : inner_(inner), reach_(std::move(reach)) {}
    Result<std::optional<CheckFailure>> run(const CheckRequest& request, std::stop_token stop) override {
        return around(reach_, "checks.run", [&] { return inner_.run(request, stop); });
    }

private:
    EngineChecks& inner_;
    FaultPoint reach_;
};

}  // namespace souk::app
