#include "runtime/process/launcher.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <string_view>

namespace souk::runtime {
namespace {

constexpr int kReportFd = 3;
constexpr int kFailed = 127;

int report(int error) {
    // When nobody reads it, the exit code still says that the program did not start.
    static_cast<void>(!::write(kReportFd, &error, sizeof error));
    return kFailed;
}

}  // namespace

bool is_launcher_call(int argc, char** argv) {
    return argc >= 5 && std::strcmp(argv[1], kLauncherArgument) == 0 && std::strcmp(argv[3], "--") == 0;
}

int exec_launcher_main(int argc, char** argv) {
    if (!is_launcher_call(argc, argv) || ::fcntl(kReportFd, F_SETFD, FD_CLOEXEC) != 0) {
        return kFailed;
    }
    const std::string_view text = argv[2];
    pid_t parent = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), parent);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return report(EINVAL);
    }
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) {
        return report(errno);
    }
    // The parent may have died before the line above: then no signal will ever come.
    if (::getppid() != parent) {
        return report(ESRCH);
    }
    ::execvp(argv[4], argv + 4);
    return report(errno);
}

}  // namespace souk::runtime
