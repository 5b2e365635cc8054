#include "app/events/list_events.hpp"

#include <cstddef>
#include <utility>

namespace souk::app {

Result<EventPage> ListEvents::operator()(const EventQuery& query, const Caller& caller) const {
    auto tx = database_.begin(Access::Read);
    if (!tx) {
        return forward(tx);
    }
    auto events =
        (*tx)->events().read_before(query.before, caller.team, query.store, query.type, query.limit + 1);
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
