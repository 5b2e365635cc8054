#include "cli/console.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <iostream>

namespace souk::cli {
namespace {

std::string_view code_of(Colour colour) {
    switch (colour) {
        case Colour::None:
            return "";
        case Colour::Green:
            return "\x1b[32m";
        case Colour::Yellow:
            return "\x1b[33m";
        case Colour::Red:
            return "\x1b[31m";
        case Colour::Grey:
            return "\x1b[90m";
        case Colour::Bold:
            return "\x1b[1m";
    }
    return "";
}

std::size_t terminal_width() {
    winsize size{};
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): the system call is variadic
    const bool known =
        ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 || ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0;
    return known && size.ws_col >= 20 ? size.ws_col : 80;
}

}  // namespace

std::string Console::paint(Colour colour, std::string_view text) const {
    if (!colours || colour == Colour::None) {
        return std::string(text);
    }
    return std::string(code_of(colour)).append(text).append("\x1b[0m");
}

Console process_console(bool no_color, bool dumb) {
    Console console{std::cout, std::cerr};
    console.in_fd = STDIN_FILENO;
    console.in_is_terminal = ::isatty(STDIN_FILENO) == 1;
    console.out_is_terminal = !dumb && ::isatty(STDOUT_FILENO) == 1;
    console.err_is_terminal = !dumb && ::isatty(STDERR_FILENO) == 1;
    console.colours = console.out_is_terminal && !no_color;
    console.width = terminal_width();
    return console;
}

}  // namespace souk::cli
