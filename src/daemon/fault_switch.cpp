#include "daemon/fault_switch.hpp"

#include "core/common/split.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <utility>

namespace souk::daemon {
namespace {

/// A test that cannot see its fault points must not pass.
[[noreturn]] void give_up() { ::_exit(70); }

int open_to_append(const std::string& path) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0) {
        give_up();
    }
    return fd;
}

void append(int fd, std::string_view name) {
    const std::string line = std::string(name) + "\n";
    if (::write(fd, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
        give_up();
    }
}

bool stands_in(const std::string& path, std::string_view name) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (line == name) {
            return true;
        }
    }
    return false;
}

/// Adds the name to the book; false when it was there.
bool add_to(const std::string& book, std::string_view name) {
    const int fd = open_to_append(book);
    if (::flock(fd, LOCK_EX) != 0) {
        give_up();
    }
    const bool added = !stands_in(book, name);
    if (added) {
        append(fd, name);
    }
    ::close(fd);
    return added;
}

/// A commit or a call takes milliseconds, a busy disk or a helm longer. A commit that failed has no end.
constexpr std::chrono::seconds kCallTime{2};

}  // namespace

FaultSwitch::FaultSwitch(FaultSettings settings)
    : settings_(std::move(settings)), path_(split(settings_.kill_at, '>')) {}

void FaultSwitch::reach(std::string_view name) {
    std::unique_lock lock(mutex_);
    if (name.ends_with(".after") && calls_ > 0) {
        --calls_;
        call_ended_.notify_all();
    }
    if (!settings_.log.empty()) {
        const int fd = open_to_append(settings_.log);
        append(fd, name);
        ::close(fd);
    }
    const bool chosen = passed_ < path_.size() && name == path_[passed_] && ++passed_ == path_.size();
    const bool first_here = !settings_.book.empty() && add_to(settings_.book, name);
    if (first_here) {
        call_ended_.wait_for(lock, kCallTime, [this] { return calls_ == 0; });
    }
    if (chosen || first_here) {
        ::kill(::getpid(), SIGKILL);
        ::pause();
    }
    if (name.ends_with(".before")) {
        ++calls_;
    }
}

}  // namespace souk::daemon
