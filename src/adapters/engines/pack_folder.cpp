#include "adapters/engines/pack_folder.hpp"

#include "adapters/engines/pack.hpp"

#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <utility>

namespace fs = std::filesystem;

namespace souk::engines {
namespace {

constexpr int kMaxDepth = 8;

Error invalid(const std::string& path, std::string_view what) {
    return {ErrorCode::InvalidInput, path + ": " + std::string(what), "EngineInvalid", {}};
}

Error unreadable(const std::string& path) {
    return {ErrorCode::Unavailable, path + " cannot be read", "EngineUnreadable", {}};
}

Result<> add_file(const fs::path& file, const std::string& name, PackFiles& files) {
    std::error_code ec;
    const std::uintmax_t size = fs::file_size(file, ec);
    if (ec) {
        return tl::unexpected(unreadable(name));
    }
    if (size > kMaxPackFileBytes || files.size() >= kMaxPackFiles) {
        return tl::unexpected(invalid(name, "an engine has at most 500 files of at most 1 MiB"));
    }
    std::ifstream stream(file, std::ios::binary);
    std::string content(size + 1, '\0');
    stream.read(content.data(), static_cast<std::streamsize>(content.size()));
    const auto count = static_cast<std::size_t>(stream.gcount());
    if (!stream.is_open() || stream.bad() || count > size) {
        return tl::unexpected(unreadable(name));  // count > size: it grows while we read
    }
    content.resize(count);
    files[name] = std::move(content);
    return {};
}

Result<> add_folder(const fs::path& folder, const std::string& name, int depth, PackFiles& files) {
    if (depth > kMaxDepth) {
        return tl::unexpected(invalid(name, "too deep"));
    }
    std::error_code ec;
    fs::directory_iterator entries(folder, ec);
    for (; !ec && entries != fs::directory_iterator(); entries.increment(ec)) {
        const std::string path = name + "/" + entries->path().filename().string();
        if (path == "chart/tests") {
            continue;
        }
        const fs::file_status status = entries->symlink_status(ec);
        if (ec) {
            break;
        }
        Result<> added;
        if (fs::is_directory(status)) {
            added = add_folder(entries->path(), path, depth + 1, files);
        } else if (fs::is_regular_file(status)) {
            added = add_file(entries->path(), path, files);
        } else {
            added = tl::unexpected(invalid(path, "only files and folders, no links"));
        }
        if (!added) {
            return added;
        }
    }
    return ec ? Result<>(tl::unexpected(unreadable(name))) : Result<>();
}

}  // namespace

Result<PackFiles> read_pack_folder(const fs::path& folder) {
    try {
        PackFiles files;
        std::error_code ec;
        const fs::file_status manifest = fs::symlink_status(folder / "engine.yaml", ec);
        if (!fs::is_regular_file(manifest)) {
            return fail(ErrorCode::NotFound, folder.string() + " has no engine.yaml", "EngineInvalid");
        }
        if (Result<> added = add_file(folder / "engine.yaml", "engine.yaml", files); !added) {
            return forward(added);
        }
        for (const char* part : {"checks", "chart"}) {
            const fs::file_status status = fs::symlink_status(folder / part, ec);
            if (!fs::exists(status)) {
                continue;  // a missing chart is the manifest's problem
            }
            if (!fs::is_directory(status)) {
                return tl::unexpected(invalid(part, "must be a folder"));
            }
            if (Result<> added = add_folder(folder / part, part, 1, files); !added) {
                return forward(added);
            }
        }
        return files;
    } catch (const fs::filesystem_error&) {
        return tl::unexpected(unreadable(folder.string()));
    }
}

}  // namespace souk::engines
