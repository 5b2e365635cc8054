#pragma once

#include "cli/console.hpp"

#include <string_view>

namespace souk::cli {

/// One colour for one meaning, in every command.
Colour phase_colour(std::string_view phase);
Colour step_colour(std::string_view state);
Colour operation_colour(std::string_view state);
Colour health_colour(std::string_view health);

}  // namespace souk::cli
