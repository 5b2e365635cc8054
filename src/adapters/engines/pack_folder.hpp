#pragma once

#include "adapters/engines/manifest.hpp"
#include "core/common/result.hpp"

#include <filesystem>

namespace souk::engines {

/// What of an engine's folder belongs to its pack: engine.yaml, checks/ and chart/ without chart/tests/.
/// Symbolic links and special files are InvalidInput (a pack must not reach outside its folder), as are files
/// past the pack's limits. NotFound when there is no engine.yaml, Unavailable when the disk does not answer.
Result<PackFiles> read_pack_folder(const std::filesystem::path& folder);

}  // namespace souk::engines
