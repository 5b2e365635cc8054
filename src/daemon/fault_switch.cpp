#include "daemon/fault_switch.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <utility>

namespace souk::daemon {
namespace {

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = text.find('>');
        out.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return out;
}

}  // namespace

FaultSwitch::FaultSwitch(std::string_view kill_at, std::string log_path)
    : log_path_(std::move(log_path)), path_(split(kill_at)) {}

void FaultSwitch::reach(std::string_view name) {
    const std::scoped_lock lock(mutex_);
    if (!log_path_.empty()) {
        const std::string line = std::string(name) + "\n";
        const int fd = ::open(log_path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (fd < 0 || ::write(fd, line.data(), line.size()) < 0) {
            ::_exit(70);  // a test that cannot see its fault points must not pass
        }
        ::close(fd);
    }
    if (passed_ < path_.size() && name == path_[passed_] && ++passed_ == path_.size()) {
        ::kill(::getpid(), SIGKILL);
        ::pause();
    }
}

}  // namespace souk::daemon
