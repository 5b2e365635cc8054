#pragma once

#include "app/ports/database.hpp"
#include "app/stores/limits.hpp"

#include <string>
#include <vector>

namespace souk::app {

struct PlaceInLine {
    bool is_free = false;
    int before = 0;  // how many wait longer
};

/// Who waits longer takes a place in Provisioning first, unless the own team has none left: then it holds up
/// nobody else. Pure.
PlaceInLine find_place(const std::vector<StoreTable::TeamLine>& line, const std::string& team,
                       const Limits& limits);

}  // namespace souk::app
