#include "cli/commands/commands.hpp"
#include "cli/creation.hpp"
#include "cli/session.hpp"

#include <memory>

namespace souk::cli {

Command create_command() {
    struct Values {
        client::NewStore store;
        bool no_wait = false;
    };
    auto values = std::make_shared<Values>();
    return {
        .name = "create",
        .summary = "Make a store and follow it until it is Ready",
        .arguments = {{"NAME", &values->store.name, "What people call it"}},
        .options =
            {{"-e,--engine", &values->store.engine, "Kind of store, see 'souk engines'", "ENGINE", {}, true},
             {"-p,--plan", &values->store.plan, "Size of the store, see 'souk plans'", "PLAN"},
             {"--no-wait", &values->no_wait, "Return as soon as the server has accepted"}},
        .run = [values](Session& session) {
            const auto* api = session.api();
            if (api == nullptr) {
                return ExitCode::Usage;
            }
            const auto accepted = api->create_store(values->store, new_idempotency_key());
            return accepted ? finish_creation(session, *api, *accepted, values->no_wait)
                            : session.report(accepted.error());
        }};
}

}  // namespace souk::cli
