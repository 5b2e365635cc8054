#include "cli/commands/commands.hpp"
#include "cli/update.hpp"

#include <memory>

namespace souk::cli {

Command suspend_command() {
    struct Values {
        std::string store;
        bool no_wait = false;
    };
    auto values = std::make_shared<Values>();
    return {.name = "suspend",
            .summary = "Stop a store and keep its data; its address says so",
            .arguments = {{"NAME", &values->store, "Name, slug or id"}},
            .options = {{"--no-wait", &values->no_wait, "Return as soon as the server has accepted"}},
            .run = [values](Session& session) {
                return run_update(session, values->store,
                                  {"suspend", "Suspending", "is Suspended", "is not Suspended"},
                                  values->no_wait);
            }};
}

}  // namespace souk::cli
