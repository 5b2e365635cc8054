#pragma once

#include "cli/command.hpp"

#include <string>
#include <vector>

namespace souk::cli {

/// For "bash", "zsh" or "fish": completes commands, options and fixed values. Nothing is asked from the
/// server.
std::string completion_script(const std::string& shell, const std::vector<Command>& commands);

}  // namespace souk::cli
