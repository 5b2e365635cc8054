#include "cli/session.hpp"
#include "runtime/threads/signals.hpp"

#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

int main(int argc, char** argv) {
    try {
        // First of all, so that every thread inherits the blocked signals. A second Ctrl-C ends the program
        // at once.
        souk::runtime::StopOnSignals signals;
        if (std::signal(SIGPIPE, SIG_IGN) == SIG_ERR) {
            std::cerr << "souk: cannot ignore SIGPIPE\n";
            return EXIT_FAILURE;
        }
        const auto environment = souk::cli::process_environment();
        const auto console = souk::cli::process_console(environment.get("NO_COLOR").has_value(),
                                                        environment.get("TERM").value_or("dumb") == "dumb");
        // NOLINTNEXTLINE(cppcoreguidelines-pro-bounds-pointer-arithmetic): that is what main gets
        const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
        return static_cast<int>(souk::cli::run_cli(arguments, environment, console, signals.token()));
    } catch (const std::exception& problem) {
        std::cerr << "souk: internal error: " << problem.what() << "\n";
    } catch (...) {
        std::cerr << "souk: internal error\n";
    }
    return EXIT_FAILURE;
}
