#pragma once

#include "app/ports/database.hpp"

#include <chrono>

namespace souk::app {

/// How long what is not kept for ever is kept. Receipts, the audit and the rows of deleted stores stay.
struct Retention {
    std::chrono::hours events{24 * 30};
    std::chrono::hours operations{24 * 30};  // the newest of each store stays
    std::chrono::hours jobs{24 * 30};        // that are done
    std::chrono::hours kept_logs{24 * 30};
    std::chrono::hours usage_samples{24 * 30};
    std::chrono::hours idempotency_keys{24};
    std::chrono::hours unused_packs{24};
    int batch = 1000;  // rows of one kind in one transaction: writers wait no longer than that takes
};

struct Removed {
    int events = 0;
    int operations = 0;
    int jobs = 0;
    int kept_logs = 0;
    int usage_samples = 0;
    int idempotency_keys = 0;
    int packs = 0;
    int sessions = 0;  // that have expired
    int sign_ins = 0;  // codes that have expired, and refusals that count no longer
};

/// Removes what is older, by the database's clock, in transactions of a bounded size. Safe to repeat, to be
/// killed and to run in several processes.
class RemoveOld {
public:
    RemoveOld(Database& database, Retention retention) : database_(database), retention_(retention) {}
    Result<Removed> operator()() const;

private:
    /// One transaction.
    Result<Removed> remove_batch() const;

    Database& database_;
    const Retention retention_;
};

}  // namespace souk::app
