#pragma once

#include "app/access/caller.hpp"
#include "app/ports/database.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace souk::app {

struct EventQuery {
    EventFilter filter{};  // its team is replaced by the caller's
    bool ascending = false;
    std::int64_t last = 0;  // the number of the last event of the page before; 0: first page
    int limit = 50;
};

struct EventPage {
    std::vector<Event> events;
    bool more = false;
};

/// One page of the caller's events.
class ListEvents {
public:
    explicit ListEvents(Database& database) : database_(database) {}
    Result<EventPage> operator()(EventQuery query, const Caller& caller) const;
    /// The number that a stream starts from when its client names none.
    Result<std::int64_t> newest() const;

private:
    Database& database_;
};

}  // namespace souk::app
