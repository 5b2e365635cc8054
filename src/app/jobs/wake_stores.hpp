#pragma once

#include "app/ports/database.hpp"
#include "app/ports/signals.hpp"
#include "core/common/id.hpp"

#include <mutex>
#include <set>

namespace souk::app {

/// Turns watch events into wakes: many events of one store within a short time are one UPDATE. `add` is
/// called by the informer and only notes the id; a thread of the daemon calls `flush` a little later.
/// Thread-safe.
class WakeStores {
public:
    WakeStores(Database& database, Signals& signals) : database_(database), signals_(signals) {}

    void add(const StoreId& store);
    /// One transaction for all noted ids. On an error they stay noted.
    Result<> flush();

private:
    Database& database_;
    Signals& signals_;
    std::mutex mutex_;  // guards noted_
    std::set<StoreId> noted_;
};

}  // namespace souk::app
