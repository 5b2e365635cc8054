#pragma once

#include "app/ports/database.hpp"

#include <chrono>

namespace souk::app {

/// How long what is not kept for ever is kept.
struct Retention {
    std::chrono::hours events{24 * 30};
    std::chrono::hours kept_logs{24 * 30};
    std::chrono::hours idempotency_keys{24};
};

struct Removed {
    int events = 0;
    int kept_logs = 0;
    int idempotency_keys = 0;
};

/// Removes what is older, by the database's clock. Safe to repeat and to run in several processes.
class RemoveOld {
public:
    RemoveOld(Database& database, Retention retention) : database_(database), retention_(retention) {}
    Result<Removed> operator()() const;

private:
    Database& database_;
    const Retention retention_;
};

}  // namespace souk::app
