#include "cli/opener.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <memory>

// The runtime's ProcessRunner is not used on purpose: it ends whatever a program leaves behind, and here that
// is the browser.
extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX wants it declared by its user

namespace souk::cli {
namespace {

bool start(const char* program, const std::string& url) {
    posix_spawn_file_actions_t files{};
    posix_spawnattr_t attributes{};
    if (posix_spawn_file_actions_init(&files) != 0) {
        return false;
    }
    if (posix_spawnattr_init(&attributes) != 0) {
        posix_spawn_file_actions_destroy(&files);
        return false;
    }
    sigset_t none;
    sigemptyset(&none);
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    std::string name = program;
    std::string address = url;
    std::array<char*, 3> arguments = {name.data(), address.data(), nullptr};
    pid_t child = 0;
    const bool started =
        posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0) == 0 &&
        posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
        posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
        posix_spawnattr_setsigmask(&attributes, &none) == 0 &&
        posix_spawnattr_setsigdefault(&attributes, &defaults) == 0 &&
        posix_spawnattr_setflags(&attributes,
                                 POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID) == 0 &&
        posix_spawnp(&child, program, &files, &attributes, arguments.data(), environ) == 0;
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return started;
}

}  // namespace

bool open_in_browser(const std::string& url, const Environment& environment) {
    if (!is_web_address(url)) {
        return false;
    }
#ifdef __APPLE__
    return start("open", url);
#else
    const bool has_desktop = environment.get("DISPLAY") || environment.get("WAYLAND_DISPLAY");
    return has_desktop && (start("xdg-open", url) || start("open", url));
#endif
}

bool is_web_address(const std::string& url) {
    const bool visible = std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 0x7f; });
    return visible && (url.starts_with("http://") || url.starts_with("https://"));
}

}  // namespace souk::cli
