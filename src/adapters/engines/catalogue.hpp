#pragma once

#include "adapters/engines/chart_cache.hpp"
#include "app/ports/engines.hpp"
#include "runtime/threads/guarded.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace souk::engines {

struct CatalogueOptions {
    /// Each is an engine's folder (it holds engine.yaml) or a folder of such folders. The first of two
    /// engines of one name wins.
    std::vector<std::filesystem::path> paths;
    std::filesystem::path cache;     // where charts are unpacked; made when missing
    std::vector<std::string> plans;  // that every engine must state
};

/// A folder that is not offered, and every reason for it.
struct BrokenEngine {
    std::string folder;
    Error error;
};

/// The engines on this machine's disk. Empty until the first `reload`. Thread-safe; packs handed out stay
/// valid for ever.
class FolderEngineCatalogue final : public app::EngineCatalogue {
public:
    explicit FolderEngineCatalogue(CatalogueOptions options);

    /// Reads all folders again. An engine that became unreadable or wrong is left out; the others are as they
    /// are now. Returns what was left out; an empty list is a full success. May run at any time on any
    /// thread.
    std::vector<BrokenEngine> reload();

    std::vector<std::shared_ptr<const EnginePack>> list() const override;  // by name
    std::shared_ptr<const EnginePack> find(std::string_view name) const override;
    /// Internal, reason "PackCorrupt", when the archive is not what the digest says.
    Result<std::shared_ptr<const EnginePack>> open(std::string_view digest,
                                                   std::string_view archive) override;
    Result<std::string> chart_path(const EnginePack& pack) override;

private:
    using Engines = std::map<std::string, std::shared_ptr<const EnginePack>, std::less<>>;

    const CatalogueOptions options_;
    runtime::Guarded<Engines> engines_;  // by name
    runtime::Guarded<Engines> opened_;   // by digest
    ChartCache cache_;
};

}  // namespace souk::engines
