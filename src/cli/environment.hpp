#pragma once

#include <functional>
#include <optional>
#include <string>

namespace souk::cli {

/// The environment variables of the process; the only way the command line looks at them. Empty counts as not
/// set.
struct Environment {
    std::function<std::optional<std::string>(const std::string&)> get;
};

Environment process_environment();

}  // namespace souk::cli
