#pragma once

#include "app/events/event_hub.hpp"
#include "app/ports/database.hpp"
#include "core/common/id.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>

namespace souk::app {

/// Tells those who follow events that a store's objects in the cluster changed. That is a hint and no event:
/// it has no number and is not kept; who gets it reads anew what it shows. `add` is called by the informer
/// and only notes the id; a thread of the daemon calls `flush`, at once and then after a pause, so that many
/// changes of a store are one hint and the last one is never lost. Thread-safe.
class ObjectHints {
public:
    static constexpr std::size_t kMostStores = 1000;  // of one hint: a reader's queue and buffer are bounded

    ObjectHints(Database& database, EventHub& hub) : database_(database), hub_(hub) {}

    /// False: nobody listens, so nothing was noted.
    bool add(const StoreId& store);
    /// Tells what is noted; true: there is more, for the next flush. The database is asked once for each
    /// store, for its team. On an error all stay noted.
    Result<bool> flush();
    /// Another number than before: the store was told of since, and what was read before that is too old.
    std::uint64_t told(const StoreId& store) const;

private:
    struct Known {
        std::string team;
        std::uint64_t told = 0;
    };
    /// The stores of `work` that there are: anybody can make a label.
    Result<std::map<StoreId, std::string>> teams_of(const std::set<StoreId>& work);

    Database& database_;
    EventHub& hub_;
    mutable std::mutex mutex_;  // guards all below
    std::set<StoreId> noted_;
    std::map<StoreId, Known> known_;  // emptied when it grows too large
    std::uint64_t flushes_ = 0;
    std::uint64_t told_others_ = 0;  // of stores that are not known, or not any more
};

}  // namespace souk::app
