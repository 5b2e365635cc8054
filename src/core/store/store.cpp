#include "core/store/store.hpp"

#include <algorithm>

namespace souk {

bool set_condition(std::vector<Condition>& conditions, Condition condition) {
    const auto found = std::find_if(conditions.begin(), conditions.end(),
                                    [&](const Condition& c) { return c.type == condition.type; });
    if (found == conditions.end()) {
        conditions.push_back(std::move(condition));
        return true;
    }
    if (found->status == condition.status) {
        condition.changed = found->changed;
    }
    const bool news = !(*found == condition);
    *found = std::move(condition);
    return news;
}

const Condition* find_condition(const std::vector<Condition>& conditions, std::string_view type) {
    const auto found = std::find_if(conditions.begin(), conditions.end(),
                                    [&](const Condition& c) { return c.type == type; });
    return found == conditions.end() ? nullptr : &*found;
}

Result<> move_phase(Store& store, Phase to) {
    if (store.phase == to) {
        return {};
    }
    if (!can_move(store.phase, to)) {
        return fail(ErrorCode::Internal, "a store cannot move from " + std::string(to_string(store.phase)) +
                                             " to " + std::string(to_string(to)));
    }
    store.phase = to;
    return {};
}

}  // namespace souk
