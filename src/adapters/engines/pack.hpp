#pragma once

#include "adapters/engines/manifest.hpp"
#include "core/common/result.hpp"
#include "core/engine/engine.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace souk::engines {

inline constexpr std::size_t kMaxPackFiles = 500;
inline constexpr std::size_t kMaxPackFileBytes = std::size_t{1} << 20U;
inline constexpr std::size_t kMaxPackBytes = std::size_t{4} << 20U;

/// The files of a pack as one text: equal files give equal bytes. InvalidInput when a path is not relative
/// and plain or a limit above is passed. `pack_files` and `unpack_files` are each other's inverse.
///
///     souk-pack 1\n
///     <path>\n<bytes>\n<content>\n      for each file, sorted by path
Result<std::string> pack_files(const PackFiles& files);
Result<PackFiles> unpack_files(std::string_view container);

/// zlib, bounded on both sides.
Result<std::string> compress(std::string_view container);
Result<std::string> decompress(std::string_view archive);

/// "sha256:<64 hex>" over the container.
std::string pack_digest(std::string_view container);

/// A pack from its files: parsed, with digest and archive.
Result<EnginePack> make_pack(const PackFiles& files, const ManifestRules& rules);

/// A pack from what the database keeps. Internal, reason "PackCorrupt", when the archive is not what the
/// digest says.
Result<EnginePack> open_pack(std::string_view digest, std::string_view archive);

/// The files of an opened pack.
Result<PackFiles> files_of(const EnginePack& pack);

}  // namespace souk::engines
