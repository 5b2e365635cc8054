#include "cli/commands/commands.hpp"
#include "cli/update.hpp"

#include <memory>

namespace souk::cli {

Command restart_command() {
    struct Values {
        std::string store;
        bool no_wait = false;
    };
    auto values = std::make_shared<Values>();
    return {.name = "restart",
            .summary = "Give a store new pods, its data apart",
            .arguments = {{"NAME", &values->store, "Name, slug or id"}},
            .options = {{"--no-wait", &values->no_wait, "Return as soon as the server has accepted"}},
            .run = [values](Session& session) {
                return run_update(session, values->store,
                                  {"restart", "Restarting", "is Ready again", "is not Ready"},
                                  values->no_wait);
            }};
}

}  // namespace souk::cli
