#pragma once

#include "app/access/caller.hpp"
#include "app/ports/database.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace souk::app {

struct EventQuery {
    std::string store;        // id; empty: all of the team
    std::string type;         // empty: all
    std::int64_t before = 0;  // the number of the last event of the page before; 0: first page
    int limit = 50;
};

struct EventPage {
    std::vector<Event> events;  // newest first
    bool more = false;
};

/// One page of the caller's events.
class ListEvents {
public:
    explicit ListEvents(Database& database) : database_(database) {}
    Result<EventPage> operator()(const EventQuery& query, const Caller& caller) const;
    /// The number that a stream starts from when its client names none.
    Result<std::int64_t> newest() const;

private:
    Database& database_;
};

}  // namespace souk::app
