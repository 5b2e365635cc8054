#include "runtime/process/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>

namespace souk::runtime {

Result<FileLock> FileLock::take(const std::string& path) {
    UniqueFd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!file.open()) {
        return fail(ErrorCode::Unavailable,
                    "cannot open " + path + ": " + std::generic_category().message(errno));
    }
    while (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR) {
            continue;
        }
        return fail(ErrorCode::Conflict, "its lock " + path + " is held", "FileLocked");
    }
    return FileLock(std::move(file));
}

}  // namespace souk::runtime
