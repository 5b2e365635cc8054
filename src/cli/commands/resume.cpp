#include "cli/commands/commands.hpp"
#include "cli/update.hpp"

#include <memory>

namespace souk::cli {

Command resume_command() {
    struct Values {
        std::string store;
        bool no_wait = false;
    };
    auto values = std::make_shared<Values>();
    return {.name = "resume",
            .summary = "Let a suspended store run again",
            .arguments = {{"NAME", &values->store, "Name, slug or id"}},
            .options = {{"--no-wait", &values->no_wait, "Return as soon as the server has accepted"}},
            .run = [values](Session& session) {
                return run_update(session, values->store, {"resume", "Resuming", "is Ready", "is not Ready"},
                                  values->no_wait);
            }};
}

}  // namespace souk::cli
