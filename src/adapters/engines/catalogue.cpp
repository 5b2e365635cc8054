#include "adapters/engines/catalogue.hpp"

#include "adapters/engines/pack.hpp"
#include "adapters/engines/pack_folder.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

namespace fs = std::filesystem;

namespace souk::engines {
namespace {

constexpr std::size_t kMostOpened = 256;

std::string folder_name(const fs::path& folder) {
    const fs::path name = folder.filename();
    return (name.empty() ? folder.parent_path().filename() : name).string();  // "engines/tiny/"
}

/// The engine folders under a configured path, sorted; a path that cannot be read is broken.
std::vector<fs::path> engine_folders(const fs::path& path, std::vector<BrokenEngine>& broken) {
    std::error_code ec;
    if (fs::exists(path / "engine.yaml", ec)) {
        return {path};
    }
    std::vector<fs::path> folders;
    fs::directory_iterator entries(path, ec);
    for (; !ec && entries != fs::directory_iterator(); entries.increment(ec)) {
        std::error_code ignored;  // cannot look inside: it is not an engine for us
        if (fs::exists(entries->path() / "engine.yaml", ignored)) {
            folders.push_back(entries->path());
        }
    }
    if (ec) {
        broken.push_back({path.string(),
                          {ErrorCode::Unavailable,
                           path.string() + " cannot be read: " + ec.message(),
                           "EngineUnreadable",
                           {}}});
    }
    std::ranges::sort(folders);
    return folders;
}

Result<EnginePack> load(const fs::path& folder, const std::vector<std::string>& plans) {
    const Result<PackFiles> files = read_pack_folder(folder);
    return files ? make_pack(*files, {folder_name(folder), plans}) : Result<EnginePack>(forward(files));
}

}  // namespace

FolderEngineCatalogue::FolderEngineCatalogue(CatalogueOptions options)
    : options_(std::move(options)), cache_(options_.cache) {}

std::vector<BrokenEngine> FolderEngineCatalogue::reload() {
    std::vector<BrokenEngine> broken;
    Engines engines;
    for (const fs::path& path : options_.paths) {
        for (const fs::path& folder : engine_folders(path, broken)) {
            Result<EnginePack> pack = load(folder, options_.plans);
            if (!pack) {
                broken.push_back({folder.string(), std::move(pack.error())});
                continue;
            }
            std::string name = pack->engine.name;
            auto shared = std::make_shared<const EnginePack>(std::move(*pack));
            if (!engines.emplace(name, std::move(shared)).second) {
                broken.push_back(
                    {folder.string(),
                     {ErrorCode::Conflict, "there is another engine called " + name, "EngineInvalid", {}}});
            }
        }
    }
    engines_.with([&](Engines& current) { current.swap(engines); });
    return broken;
}

std::vector<std::shared_ptr<const EnginePack>> FolderEngineCatalogue::list() const {
    return engines_.with([](const Engines& engines) {
        std::vector<std::shared_ptr<const EnginePack>> all;
        for (const auto& [name, pack] : engines) {
            all.push_back(pack);
        }
        return all;
    });
}

std::shared_ptr<const EnginePack> FolderEngineCatalogue::find(std::string_view name) const {
    return engines_.with([&](const Engines& engines) {
        const auto found = engines.find(name);
        return found == engines.end() ? std::shared_ptr<const EnginePack>() : found->second;
    });
}

Result<std::shared_ptr<const EnginePack>> FolderEngineCatalogue::open(std::string_view digest,
                                                                      std::string_view archive) {
    auto known = opened_.with([&](const Engines& opened) {
        const auto found = opened.find(digest);
        return found == opened.end() ? std::shared_ptr<const EnginePack>() : found->second;
    });
    if (known) {
        return known;
    }
    Result<EnginePack> pack = open_pack(digest, archive);
    if (!pack) {
        return forward(pack);
    }
    auto shared = std::make_shared<const EnginePack>(std::move(*pack));
    opened_.with([&](Engines& opened) {
        if (opened.size() >= kMostOpened) {
            std::erase_if(opened, [](const auto& entry) { return entry.second.use_count() == 1; });
        }
        opened.emplace(digest, shared);
    });
    return shared;
}

Result<std::string> FolderEngineCatalogue::chart_path(const EnginePack& pack) {
    return cache_.chart_path(pack);
}

}  // namespace souk::engines
