#pragma once

#include "app/faults/fault_points.hpp"
#include "app/ports/database.hpp"

#include <utility>

namespace souk::app {

/// Decorator: reaches "commit.<name>.before" and ".after" around every commit. Everything else passes
/// through.
class FaultingDatabase final : public Database {
public:
    FaultingDatabase(Database& inner, FaultPoint reach) : inner_(inner), reach_(std::move(reach)) {}
    Result<std::unique_ptr<Transaction>> begin(Access access) override;
    Result<std::chrono::microseconds> ping() override { return inner_.ping(); }
    ConnectionCounts connections(Access access) const override { return inner_.connections(access); }

private:
    Database& inner_;
    FaultPoint reach_;
};

}  // namespace souk::app
