#include "daemon/settings.hpp"
#include "daemon/wiring.hpp"
#include "runtime/config/settings.hpp"
#include "runtime/process/launcher.hpp"
#include "runtime/threads/signals.hpp"

#include <cstdio>
#include <exception>
#include <string>
#include <vector>

namespace {

constexpr const char* kUsage =
    "soukd, the store control plane\n\n"
    "  soukd [--name=value ...]   run; names as in `soukd --print-settings`\n"
    "  soukd --print-settings     every setting with type, default and bounds\n"
    "  soukd --version\n";

int run(const std::vector<std::string>& arguments) {
    if (arguments.size() == 1 && arguments[0] == "--help") {
        std::fputs(kUsage, stdout);
        return 0;
    }
    if (arguments.size() == 1 && arguments[0] == "--version") {
        std::puts("soukd " SOUK_VERSION);
        return 0;
    }
    if (arguments.size() == 1 && arguments[0] == "--print-settings") {
        std::fputs(souk::runtime::settings_reference(souk::daemon::settings_table()).c_str(), stdout);
        return 0;
    }
    const auto settings = souk::daemon::load(arguments);
    if (!settings) {
        std::fprintf(stderr, "soukd: %s\n", settings.error().message.c_str());
        return 2;
    }
    souk::runtime::StopOnSignals signals;
    const auto ended = souk::daemon::serve(*settings, signals.token());
    if (!ended) {
        std::fprintf(stderr, "soukd: %s\n", ended.error().message.c_str());
        return 1;
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (souk::runtime::is_launcher_call(argc, argv)) {
        return souk::runtime::exec_launcher_main(argc, argv);
    }
    try {
        return run({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::fprintf(stderr, "soukd: %s\n", error.what());
        return 70;
    }
}
