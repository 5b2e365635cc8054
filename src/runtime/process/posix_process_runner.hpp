#pragma once

#include "runtime/process/process.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace souk::runtime {

struct PosixProcessRunnerOptions {
    /// The program whose main calls `exec_launcher_main`; the default is the running program itself.
    std::string launcher = "/proc/self/exe";
    /// All that a child gets from us; nothing is inherited.
    std::vector<std::pair<std::string, std::string>> base_env = {
        {"PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}, {"LANG", "C.UTF-8"}};
};

/// Runs programs in their own process group, with a parent-death signal: if this process dies, however, the
/// kernel kills the program (its own children only if they die with it). When a program exits, what is left
/// of its group is killed as well, so nothing outlives a `run`.
class PosixProcessRunner final : public ProcessRunner {
public:
    explicit PosixProcessRunner(PosixProcessRunnerOptions options = {});
    ~PosixProcessRunner() override;  // no `run` may be in progress
    PosixProcessRunner(const PosixProcessRunner&) = delete;
    PosixProcessRunner& operator=(const PosixProcessRunner&) = delete;

    Result<ProcessResult> run(const Command& command, std::stop_token stop) override;

private:
    class Spawner;
    PosixProcessRunnerOptions options_;
    std::unique_ptr<Spawner> spawner_;
};

}  // namespace souk::runtime
