#pragma once

#include "core/common/result.hpp"
#include "runtime/process/unique_fd.hpp"

#include <string>
#include <utility>

namespace souk::runtime {

/// A lock on a file of its own, held by one process at a time: the kernel lets go when the process ends,
/// however it ends. The file stays. Children do not inherit it.
class FileLock {
public:
    /// Makes the file with mode 0600 if there is none; its folder must exist. Does not wait: Conflict
    /// ("FileLocked") when somebody holds it. Unavailable when it cannot be opened.
    static Result<FileLock> take(const std::string& path);

private:
    explicit FileLock(UniqueFd file) : file_(std::move(file)) {}

    UniqueFd file_;
};

}  // namespace souk::runtime
