#pragma once

#include "core/common/result.hpp"
#include "core/engine/engine.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace souk::engines {

/// Path inside the engine's folder -> content.
using PackFiles = std::map<std::string, std::string>;

struct ManifestRules {
    std::string folder;              // the name the engine must have; empty: any
    std::vector<std::string> plans;  // plans that `resources` must state; empty: not looked at
};

/// engine.yaml and checks/*.yaml of a pack (docs/reference/engine.md). All problems at once: InvalidInput,
/// reason "EngineInvalid", each with file, line, column and field. Pure; any thread.
Result<Engine> parse_manifest(const PackFiles& files, const ManifestRules& rules);

}  // namespace souk::engines
