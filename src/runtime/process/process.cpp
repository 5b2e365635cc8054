#include "runtime/process/process.hpp"

#include <cstring>

namespace souk::runtime {

std::string describe(const ProcessResult& result) {
    if (result.cancelled) {
        return "cancelled";
    }
    if (result.timed_out) {
        return "timed out after " + std::to_string(result.duration.count()) + " ms";
    }
    if (result.exit_code) {
        return "exit code " + std::to_string(*result.exit_code);
    }
    const char* name = ::sigdescr_np(result.signal);  // strsignal is not safe for threads
    return "signal " + std::to_string(result.signal) + " (" + (name != nullptr ? name : "unknown") + ")";
}

}  // namespace souk::runtime
