#pragma once

#include "app/ports/cluster.hpp"
#include "app/ports/database.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>

namespace souk::app {

struct HealthCheck {
    std::optional<std::chrono::microseconds> latency{};  // none: no answer
    std::string problem;                                 // empty: well
};

struct Health {
    HealthCheck database;
    HealthCheck cluster;
    HealthCheck queue;
    std::map<std::string, std::int64_t> jobs{};  // state -> number
    std::chrono::milliseconds oldest_ready{0};   // how long the oldest due job waits
};

/// Asks what Souk depends on, one after the other; never fails itself.
class CheckHealth {
public:
    CheckHealth(Database& database, Cluster& cluster) : database_(database), cluster_(cluster) {}
    Health operator()(std::stop_token stop) const;

private:
    Result<> look_at_queue(Health& health) const;

    Database& database_;
    Cluster& cluster_;
};

}  // namespace souk::app
