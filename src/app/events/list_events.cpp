#include "app/events/list_events.hpp"

#include <cstddef>
#include <utility>

namespace souk::app {

Result<EventPage> ListEvents::operator()(EventQuery query, const Caller& caller) const {
    auto tx = database_.begin(Access::Read);
    if (!tx) {
        return forward(tx);
    }
    query.filter.team = caller.team;
    EventTable& table = (*tx)->events();
    auto events = query.ascending ? table.read_after(query.last, query.filter, query.limit + 1)
                                  : table.read_before(query.last, query.filter, query.limit + 1);
    if (!events) {
        return forward(events);
    }
    EventPage page{std::move(*events), false};
    page.more = page.events.size() > static_cast<std::size_t>(query.limit);
    if (page.more) {
        page.events.pop_back();
    }
    return page;
}

Result<std::int64_t> ListEvents::newest() const {
    auto tx = database_.begin(Access::Read);
    if (!tx) {
        return forward(tx);
    }
    return (*tx)->events().newest_number();
}

}  // namespace souk::app
