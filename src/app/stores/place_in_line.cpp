#include "app/stores/place_in_line.hpp"

#include <algorithm>

namespace souk::app {

PlaceInLine find_place(const std::vector<StoreTable::TeamLine>& line, const std::string& team,
                       const Limits& limits) {
    PlaceInLine place;
    int in_team = limits.provisioning_per_team;
    int free = limits.provisioning;
    for (const StoreTable::TeamLine& its : line) {
        const int room = std::max(limits.provisioning_per_team - its.provisioning, 0);
        place.before += its.before;
        free -= its.provisioning + std::min(its.before, room);
        if (its.team == team) {
            in_team = room - its.before;
        }
    }
    place.is_free = in_team > 0 && free > 0;
    return place;
}

}  // namespace souk::app
