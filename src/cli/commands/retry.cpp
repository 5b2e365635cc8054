#include "cli/commands/commands.hpp"
#include "cli/creation.hpp"
#include "cli/session.hpp"

#include <memory>

namespace souk::cli {

Command retry_command() {
    struct Values {
        std::string store;
        bool no_wait = false;
    };
    auto values = std::make_shared<Values>();
    return {.name = "retry",
            .summary = "Try a failed store again and follow it",
            .arguments = {{"NAME", &values->store, "Name, slug or id"}},
            .options = {{"--no-wait", &values->no_wait, "Return as soon as the server has accepted"}},
            .run = [values](Session& session) {
                const auto* api = session.api();
                if (api == nullptr) {
                    return ExitCode::Usage;
                }
                const auto accepted = api->start_action(values->store, "retry", new_idempotency_key());
                return accepted ? finish_creation(session, *api, *accepted, values->no_wait)
                                : session.report(accepted.error());
            }};
}

}  // namespace souk::cli
