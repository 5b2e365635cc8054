#pragma once

#include "app/ports/database.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace souk::app {

/// Hands new event rows to whoever listens. One thread of the daemon calls `pump` whenever events were
/// appended (and once in a while: the signal is a hint). A listener resumes from a number, gets everything
/// after it in order, exactly once, and is told to start over when what it asks for is no longer kept.
/// Thread-safe.
class EventHub {
public:
    /// What a listener gets. `resync`: some events are lost to it; read the state anew and go on from
    /// `number`.
    struct Delivery {
        bool resync = false;
        std::int64_t number = 0;
        std::vector<Event> events;
        /// Stores whose objects in the cluster changed. A delivery of these is a hint (`tell`) and has
        /// nothing else.
        std::vector<StoreId> changed{};
    };
    /// Called by the threads of `pump` and `tell`, also at the same time; must not block. False: the listener
    /// is gone.
    using Sink = std::function<bool(const Delivery&)>;

    struct Interest {
        std::string team = "default";
        std::string store{};               // empty: all of the team
        std::vector<std::string> types{};  // empty: all
    };

    explicit EventHub(Database& database) : database_(database) {}

    /// `after`: the last number the listener has; negative: only what comes from now on. Delivery begins with
    /// the next pump. `greet` is called first, under the hub's lock: no delivery comes before it, and whoever
    /// has seen what it sends misses no hint. It must not call the hub.
    std::uint64_t subscribe(Interest interest, std::int64_t after, Sink sink,
                            const std::function<void()>& greet = {});
    void unsubscribe(std::uint64_t id);
    std::size_t listeners() const;

    /// Delivers what is new. Errors of the database are the caller's to log; nothing is lost by them.
    Result<> pump();

    struct Changed {
        std::string team;
        StoreId store;
    };
    /// Hands a hint to the listeners whom these stores concern, now and not again. Who asked for some types
    /// of events gets none.
    void tell(const std::vector<Changed>& stores);

private:
    struct Listener {
        Interest interest;
        std::int64_t after = 0;
        bool from_now = false;
        Sink sink;
    };
    /// Brings one listener up to date; false: it is gone. `fresh` is what came after `seen_`, up to
    /// `fresh_newest`.
    Result<bool> deliver(Listener& listener, const std::vector<Event>& fresh,
                         std::int64_t fresh_newest) const;
    void keep(std::uint64_t id, const Listener& now, bool alive);
    Result<std::vector<Event>> read(const Listener& listener, bool& resync, std::int64_t& newest) const;

    Database& database_;
    mutable std::mutex mutex_;  // guards listeners_ and next_id_
    std::map<std::uint64_t, Listener> listeners_;
    std::uint64_t next_id_ = 1;
    std::int64_t seen_ = -1;  // newest number that every listener was offered; only pump's thread
};

}  // namespace souk::app
