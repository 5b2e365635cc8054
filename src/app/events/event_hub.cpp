#include "app/events/event_hub.hpp"

#include <algorithm>
#include <utility>

namespace souk::app {
namespace {
constexpr int kPage = 500;

bool concerns(const EventHub::Interest& interest, const std::string& team, const StoreId& store) {
    return team == interest.team && (interest.store.empty() || store.str() == interest.store);
}

bool concerns(const EventHub::Interest& interest, const Event& event) {
    const std::vector<std::string>& types = interest.types;
    return concerns(interest, event.team, event.store_id) &&
           (types.empty() || std::find(types.begin(), types.end(), event.type) != types.end());
}
}  // namespace

std::uint64_t EventHub::subscribe(Interest interest, std::int64_t after, Sink sink,
                                  const std::function<void()>& greet) {
    const std::scoped_lock lock(mutex_);
    if (greet) {
        greet();
    }
    const std::uint64_t id = next_id_++;
    listeners_.emplace(
        id, Listener{std::move(interest), std::max<std::int64_t>(after, 0), after < 0, std::move(sink)});
    return id;
}

void EventHub::unsubscribe(std::uint64_t id) {
    const std::scoped_lock lock(mutex_);
    listeners_.erase(id);
}

std::size_t EventHub::listeners() const {
    const std::scoped_lock lock(mutex_);
    return listeners_.size();
}

Result<std::vector<Event>> EventHub::read(const Listener& listener, bool& resync,
                                          std::int64_t& newest) const {
    auto begun = database_.begin(Access::Read);
    if (!begun) {
        return forward(begun);
    }
    EventTable& table = (*begun)->events();
    const auto last = table.newest_number();
    if (!last) {
        return forward(last);
    }
    newest = *last;
    if (listener.from_now) {
        return std::vector<Event>{};
    }
    const auto first = table.oldest_number();
    if (!first) {
        return forward(first);
    }
    // A number from the future belongs to another database: that listener must start over too.
    resync = listener.after > newest || (listener.after > 0 && listener.after + 1 < *first);
    if (resync || listener.after == newest) {
        return std::vector<Event>{};
    }
    const Interest& interest = listener.interest;
    return table.read_after(listener.after,
                            {.team = interest.team, .store = interest.store, .types = interest.types}, kPage);
}

Result<bool> EventHub::deliver(Listener& listener, const std::vector<Event>& fresh,
                               std::int64_t fresh_newest) const {
    bool more = true;
    while (more) {
        more = false;
        Delivery delivery;
        if (!listener.from_now && seen_ >= 0 && listener.after == seen_) {
            std::copy_if(fresh.begin(), fresh.end(), std::back_inserter(delivery.events),
                         [&](const Event& event) { return concerns(listener.interest, event); });
            delivery.number = fresh_newest;
        } else {
            std::int64_t newest = 0;
            auto events = read(listener, delivery.resync, newest);
            if (!events) {
                return forward(events);
            }
            more = events->size() == static_cast<std::size_t>(kPage);
            delivery.number = more ? events->back().number : newest;
            delivery.events = std::move(*events);
            listener.from_now = false;
        }
        listener.after = delivery.number;
        const bool news = delivery.resync || !delivery.events.empty();
        if (news && !listener.sink(delivery)) {
            return false;
        }
    }
    return true;
}

void EventHub::keep(std::uint64_t id, const Listener& now, bool alive) {
    const std::scoped_lock lock(mutex_);
    const auto found = listeners_.find(id);
    if (found == listeners_.end()) {
        return;  // unsubscribed meanwhile
    }
    if (alive) {
        found->second.after = now.after;
        found->second.from_now = false;
    } else {
        listeners_.erase(found);
    }
}

void EventHub::tell(const std::vector<Changed>& stores) {
    std::map<std::uint64_t, Listener> work;
    {
        const std::scoped_lock lock(mutex_);
        work = listeners_;
    }
    for (const auto& [id, listener] : work) {
        const Interest& interest = listener.interest;
        Delivery hint;
        for (const Changed& one : stores) {
            if (interest.types.empty() && concerns(interest, one.team, one.store)) {
                hint.changed.push_back(one.store);
            }
        }
        if (!hint.changed.empty() && !listener.sink(hint)) {
            unsubscribe(id);
        }
    }
}

Result<> EventHub::pump() {
    std::map<std::uint64_t, Listener> work;
    {
        const std::scoped_lock lock(mutex_);
        work = listeners_;
    }
    if (work.empty()) {
        return {};
    }
    // Listeners that are up to date share one read; the others catch up on their own.
    std::vector<Event> fresh;
    std::int64_t fresh_newest = seen_;
    {
        auto begun = database_.begin(Access::Read);
        if (!begun) {
            return forward(begun);
        }
        const auto newest = (*begun)->events().newest_number();
        if (!newest) {
            return forward(newest);
        }
        fresh_newest = *newest;
        const bool any_current = std::any_of(work.begin(), work.end(), [&](const auto& entry) {
            return !entry.second.from_now && entry.second.after == seen_;
        });
        if (any_current && seen_ >= 0 && fresh_newest > seen_) {
            auto events = (*begun)->events().read_after(seen_, {}, kPage);
            if (!events) {
                return forward(events);
            }
            fresh = std::move(*events);
            if (fresh.size() == static_cast<std::size_t>(kPage)) {
                fresh_newest = fresh.back().number;
            }
        }
    }
    for (auto& entry : work) {
        const auto alive = deliver(entry.second, fresh, fresh_newest);
        if (!alive) {
            return forward(alive);
        }
        keep(entry.first, entry.second, *alive);
    }
    seen_ = fresh_newest;
    return {};
}

}  // namespace souk::app
