#pragma once

#include "core/common/result.hpp"
#include "core/engine/engine.hpp"
#include "runtime/threads/guarded.hpp"

#include <filesystem>
#include <mutex>
#include <set>
#include <string>

namespace souk::engines {

/// Charts as folders that helm can read: `<root>/packs/<digest in hex>/chart`. A folder appears whole or not
/// at all (rename) and is compared with its pack before its first use by this process, so what a crash, a
/// full disk or somebody's editor left is made anew. Several processes may share the root. Thread-safe.
class ChartCache {
public:
    explicit ChartCache(std::filesystem::path root) : root_(std::move(root)) {}

    /// Unavailable when the disk refuses, Internal (PackCorrupt) when the pack cannot be opened.
    Result<std::string> chart_path(const EnginePack& pack);

private:
    Result<> ensure(const EnginePack& pack, const std::filesystem::path& home);

    const std::filesystem::path root_;
    std::mutex making_;  // one unpacking at a time: it is short and happens once for each pack
    runtime::Guarded<std::set<std::string>> verified_;
};

}  // namespace souk::engines
