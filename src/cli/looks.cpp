#include "cli/looks.hpp"

namespace souk::cli {

Colour phase_colour(std::string_view phase) {
    if (phase == "Ready") {
        return Colour::Green;
    }
    if (phase == "Failed" || phase == "Degraded") {
        return Colour::Red;
    }
    return phase == "Deleted" || phase == "Suspended" ? Colour::Grey : Colour::Yellow;
}

Colour step_colour(std::string_view state) {
    if (state == "done") {
        return Colour::Green;
    }
    if (state == "failed") {
        return Colour::Red;
    }
    return state == "running" ? Colour::Yellow : Colour::Grey;
}

Colour operation_colour(std::string_view state) {
    if (state == "succeeded") {
        return Colour::Green;
    }
    return state == "running" ? Colour::Yellow : Colour::Red;
}

Colour health_colour(std::string_view health) {
    if (health == "healthy") {
        return Colour::Green;
    }
    if (health == "degraded" || health == "missing") {
        return Colour::Red;
    }
    return health == "progressing" ? Colour::Yellow : Colour::Grey;
}

}  // namespace souk::cli
