#include "adapters/engines/chart_cache.hpp"

#include "adapters/engines/pack.hpp"
#include "adapters/engines/pack_folder.hpp"
#include "runtime/crypto/random.hpp"

#include <algorithm>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

namespace fs = std::filesystem;

namespace souk::engines {
namespace {

constexpr std::string_view kMarker = "complete";

Error refused(std::string_view what) {
    return {ErrorCode::Unavailable,
            "the engine cache cannot be written: " + std::string(what),
            "CacheUnwritable",
            {}};
}

bool has_marker(const fs::path& home) {
    std::error_code ec;
    return fs::is_regular_file(home / kMarker, ec) && fs::is_directory(home / "chart", ec);
}

PackFiles chart_of(PackFiles files) {
    std::erase_if(files, [](const auto& file) { return !file.first.starts_with("chart/"); });
    return files;
}

/// True when the folder holds the pack's chart and nothing else.
bool is_whole(const fs::path& home, const PackFiles& wanted) {
    if (!has_marker(home)) {
        return false;
    }
    // Also looks at the manifest, which stands beside the chart for people who look.
    Result<PackFiles> found = read_pack_folder(home);
    return found && chart_of(std::move(*found)) == wanted;
}

Result<> write_file(const fs::path& path, std::string_view content) {
    std::error_code ec;
    fs::create_directories(path.parent_path(), ec);
    if (ec) {
        return tl::unexpected(refused(ec.message()));
    }
    std::ofstream stream(path, std::ios::binary | std::ios::trunc);
    stream.write(content.data(), static_cast<std::streamsize>(content.size()));
    stream.close();
    if (!stream) {
        return tl::unexpected(refused("a file cannot be written"));
    }
    return {};
}

Result<> write_all(const fs::path& folder, const PackFiles& files, std::string_view manifest) {
    for (const auto& [path, content] : files) {
        if (Result<> done = write_file(folder / path, content); !done) {
            return done;
        }
    }
    if (Result<> done = write_file(folder / "engine.yaml", manifest); !done) {
        return done;
    }
    return write_file(folder / kMarker, "");
}

}  // namespace

Result<std::string> ChartCache::chart_path(const EnginePack& pack) {
    constexpr std::string_view prefix = "sha256:";
    const std::string_view hex =
        std::string_view(pack.digest).substr(std::min(prefix.size(), pack.digest.size()));
    if (!pack.digest.starts_with(prefix) || hex.size() != 64 ||
        hex.find_first_not_of("0123456789abcdef") != std::string_view::npos) {
        return fail(ErrorCode::Internal, "an engine pack without a digest", "PackCorrupt");
    }
    try {
        const fs::path home = root_ / "packs" / hex;
        if (Result<> done = ensure(pack, home); !done) {
            return forward(done);
        }
        return (home / "chart").string();
    } catch (const fs::filesystem_error& error) {
        return tl::unexpected(refused(error.code().message()));
    }
}

Result<> ChartCache::ensure(const EnginePack& pack, const fs::path& home) {
    const auto known = [&] {
        return verified_.with([&](const auto& set) { return set.contains(pack.digest); });
    };
    if (known() && has_marker(home)) {
        return {};
    }
    const std::scoped_lock lock(making_);
    const Result<PackFiles> files = files_of(pack);
    if (!files) {
        return forward(files);
    }
    const PackFiles chart = chart_of(*files);
    if (!is_whole(home, chart)) {
        const std::string own = runtime::random_text(12, runtime::kLowerAlphanumeric);
        const fs::path fresh = home.parent_path() / (".new-" + own);
        const fs::path old = home.parent_path() / (".old-" + own);
        std::error_code ec;
        if (Result<> done = write_all(fresh, chart, files->at("engine.yaml")); !done) {
            fs::remove_all(fresh, ec);
            return done;
        }
        fs::rename(home, old, ec);  // what is there is broken; usually nothing is
        fs::rename(fresh, home, ec);
        std::error_code ignored;  // left-overs take disk space, nothing else
        fs::remove_all(old, ignored);
        fs::remove_all(fresh, ignored);
        if (ec && !is_whole(home, chart)) {  // else another process was quicker
            return tl::unexpected(refused(ec.message()));
        }
    }
    verified_.with([&](auto& set) { set.insert(pack.digest); });
    return {};
}

}  // namespace souk::engines
