#include "daemon/fault_switch.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
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

}  // namespace

FaultSwitch::FaultSwitch(FaultSettings settings)
    : settings_(std::move(settings)), path_(split(settings_.kill_at)) {}

void FaultSwitch::reach(std::string_view name) {
    const std::scoped_lock lock(mutex_);
    if (!settings_.log.empty()) {
        const int fd = open_to_append(settings_.log);
        append(fd, name);
        ::close(fd);
    }
    const bool chosen = passed_ < path_.size() && name == path_[passed_] && ++passed_ == path_.size();
    if (chosen || (!settings_.book.empty() && add_to(settings_.book, name))) {
        ::kill(::getpid(), SIGKILL);
        ::pause();
    }
}

}  // namespace souk::daemon
