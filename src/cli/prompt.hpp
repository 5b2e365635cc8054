#pragma once

#include "cli/console.hpp"

#include <optional>
#include <stop_token>
#include <string>

namespace souk::cli {

/// Asks on stderr and reads one line. Nothing: Ctrl-C or the end of the input.
std::optional<std::string> ask(const Console& console, const std::string& question,
                               const std::stop_token& stop);

}  // namespace souk::cli
