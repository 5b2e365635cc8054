// Part of every program of a build that counts lines. An object from the compiler's cache names the clone
// that it was compiled in: the programs put their counters into this build's folder instead, from where
// tools/coverage brings them to their notes. What no test started counts apart.
#include <cstdlib>
#include <filesystem>

namespace {

[[gnu::constructor]] void keep_counters_here() {
    const auto program = std::filesystem::read_symlink("/proc/self/exe");
    const bool test = program.filename().string().ends_with("_test");
    const auto counters = program.parent_path().parent_path() / "counters" / (test ? "tests" : "others");
    // Programs that a test starts count for it.
    ::setenv("GCOV_PREFIX", counters.c_str(), test ? 1 : 0);
    // After a change of the source it says on stderr, where tests look, that the old counters do not fit.
    ::setenv("GCOV_ERROR_FILE", "/dev/null", 0);
}

}  // namespace
