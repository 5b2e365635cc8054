#pragma once

#include "core/common/result.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace souk::runtime {

/// A command line is a value: no shell is involved, so nothing needs quoting. Arguments are visible to other
/// users of the machine; whatever is secret goes through `stdin_text`.
struct Command {
    std::string program = {};  // a name looked up in the PATH of the child, or a path
    std::vector<std::string> args = {};
    std::vector<std::pair<std::string, std::string>> env =
        {};  // added to the runner's small base; replaces by name
    std::string stdin_text = {};
    std::string working_dir = {};                                    // empty: the caller's
    std::chrono::milliseconds timeout = std::chrono::seconds(60);    // zero: no limit
    std::chrono::milliseconds kill_grace = std::chrono::seconds(5);  // between SIGTERM and SIGKILL
    std::size_t output_cap = std::size_t{1024} * 1024;  // per output; beyond it the middle is cut out
};

struct ProcessResult {
    std::optional<int> exit_code = {};  // set unless a signal ended it
    int signal = 0;                     // the signal that ended it, or 0
    std::string out = {};
    std::string err = {};
    bool timed_out = false;
    bool cancelled = false;
    std::chrono::milliseconds duration = std::chrono::milliseconds(0);

    bool succeeded() const { return exit_code == 0 && !timed_out && !cancelled; }
};

/// "exit code 1", "signal 9 (Killed)", "timed out after 30s", "cancelled": for the end of a sentence.
std::string describe(const ProcessResult& result);

class ProcessRunner {
public:
    virtual ~ProcessRunner() = default;
    /// Blocks until the program is gone. Time-out and stop end the whole process group and are reported in
    /// the result. Errors: only when it could not be started: Internal with reason "ProgramMissing" or
    /// "NotExecutable", Unavailable when the system had no room. Safe to call from many threads.
    virtual Result<ProcessResult> run(const Command& command, std::stop_token stop) = 0;
};

}  // namespace souk::runtime
