#include "app/events/object_hints.hpp"

#include <utility>
#include <vector>

namespace souk::app {
namespace {
constexpr std::size_t kMostKnown = 20'000;
}  // namespace

bool ObjectHints::add(const StoreId& store) {
    if (hub_.listeners() == 0) {
        return false;
    }
    const std::scoped_lock lock(mutex_);
    noted_.insert(store);
    return true;
}

std::uint64_t ObjectHints::told(const StoreId& store) const {
    const std::scoped_lock lock(mutex_);
    const auto found = known_.find(store);
    return found == known_.end() ? told_others_ : found->second.told;
}

Result<std::map<StoreId, std::string>> ObjectHints::teams_of(const std::set<StoreId>& work) {
    std::map<StoreId, std::string> teams;
    std::vector<StoreId> strangers;
    {
        const std::scoped_lock lock(mutex_);
        for (const StoreId& store : work) {
            if (const auto found = known_.find(store); found != known_.end()) {
                teams.emplace(store, found->second.team);
            } else {
                strangers.push_back(store);
            }
        }
    }
    if (strangers.empty()) {
        return teams;
    }
    auto tx = database_.begin(Access::Read);
    if (!tx) {
        return forward(tx);
    }
    for (const StoreId& store : strangers) {
        const auto row = (*tx)->stores().load(store);
        if (row) {
            teams.emplace(store, row->team);
        } else if (row.error().code != ErrorCode::NotFound) {
            return forward(row);
        }
    }
    return teams;
}

Result<bool> ObjectHints::flush() {
    std::set<StoreId> work;
    bool more = false;
    {
        const std::scoped_lock lock(mutex_);
        while (!noted_.empty() && work.size() < kMostStores) {
            work.insert(noted_.extract(noted_.begin()));
        }
        more = !noted_.empty();
    }
    if (work.empty()) {
        return false;
    }
    auto teams = teams_of(work);
    if (!teams) {
        const std::scoped_lock lock(mutex_);
        noted_.merge(work);
        return forward(teams);
    }
    std::vector<EventHub::Changed> changed;
    changed.reserve(teams->size());
    {
        // Before anybody is told: what they read then must not be from before.
        const std::scoped_lock lock(mutex_);
        ++flushes_;
        if (known_.size() + teams->size() > kMostKnown) {
            known_.clear();
            told_others_ = flushes_;
        }
        for (auto& [store, team] : *teams) {
            changed.push_back({team, store});
            known_[store] = {std::move(team), flushes_};
        }
    }
    hub_.tell(changed);
    return more;
}

}  // namespace souk::app
