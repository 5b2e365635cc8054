#include "cli/opener.hpp"

#include "cli/context.hpp"
#include "cli/private_file.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>
#include <memory>

// The runtime's ProcessRunner is not used on purpose: it ends whatever a program leaves behind, and here that
// is the browser.
extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX wants it declared by its user

namespace souk::cli {
namespace {

bool start(const char* program, const std::string& target) {
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
    std::string address = target;
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

bool has_desktop(const Environment& environment) {
#ifdef __APPLE__
    static_cast<void>(environment);
    return true;
#else
    return environment.get("DISPLAY") || environment.get("WAYLAND_DISPLAY");
#endif
}

bool start_any(const std::string& target) { return start("xdg-open", target) || start("open", target); }

/// A page that leads to the address at once, without JavaScript.
std::string page_to(const std::string& url) {
    std::string text;
    for (const char c : url) {
        switch (c) {
            case '&':
                text += "&amp;";
                break;
            case '"':
                text += "&quot;";
                break;
            case '<':
                text += "&lt;";
                break;
            default:
                text += c;
        }
    }
    return "<!doctype html><meta charset=\"utf-8\"><title>Souk</title>"
           "<meta http-equiv=\"refresh\" content=\"0;url=" +
           text + "\"><a href=\"" + text + "\">Souk</a>\n";
}

}  // namespace

bool open_in_browser(const std::string& url, const Environment& environment) {
    return is_web_address(url) && has_desktop(environment) && start_any(url);
}

bool open_secret_in_browser(const std::string& url, const Environment& environment) {
    const auto context = context_path(environment);
    if (!is_web_address(url) || !has_desktop(environment) || !context) {
        return false;
    }
    const auto path = std::filesystem::path(*context).parent_path() / "open.html";
    return write_private_file(path, page_to(url)) && start_any(path);
}

bool is_web_address(const std::string& url) {
    const bool visible = std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 0x7f; });
    return visible && (url.starts_with("http://") || url.starts_with("https://"));
}

}  // namespace souk::cli
