// Part of every program of the coverage build. An object from the compiler's cache names the clone that it
// was compiled in: the programs put their counters into this build's folder instead, from where
// tools/coverage brings them to their notes.
#include <cstdlib>
#include <filesystem>

namespace {

[[gnu::constructor]] void keep_counters_here() {
    const auto build = std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path();
    ::setenv("GCOV_PREFIX", (build / "counters").c_str(), 1);
}

}  // namespace
