#include "cli/commands/commands.hpp"
#include "cli/creation.hpp"
#include "cli/session.hpp"
#include "cli/table.hpp"

#include <memory>

namespace souk::cli {
namespace {

ExitCode print_validation(const Session& session, const client::Validation& validation) {
    if (!session.wants_table()) {
        session.print_document(validation.document);
        return ExitCode::Ok;
    }
    const auto& console = session.console();
    Table facts({"", ""});
    facts.add({{"Name", Colour::Grey}, {validation.name, Colour::Bold}});
    facts.add({{"Address", Colour::Grey}, {validation.storefront}});
    facts.add({{"Engine", Colour::Grey}, {validation.engine + " " + validation.engine_version}});
    facts.add({{"Plan", Colour::Grey}, {validation.plan}});
    if (validation.waits) {
        facts.add({{"Waits", Colour::Grey}, {"in line, because other stores are being made"}});
    }
    Table makes({"WOULD MAKE", "NAME", "WHICH"});
    for (const auto& one : validation.makes) {
        makes.add({{one.kind}, {one.name}, {one.purpose}});
    }
    session.print(facts.text(console) + "\n" + makes.text(console));
    session.note("Nothing was made.");
    return ExitCode::Ok;
}

}  // namespace

Command create_command() {
    struct Values {
        client::NewStore store;
        bool no_wait = false;
        bool dry_run = false;
    };
    auto values = std::make_shared<Values>();
    return {
        .name = "create",
        .summary = "Make a store and follow it until it is Ready",
        .arguments = {{"NAME", &values->store.name, "What people call it"}},
        .options =
            {{"-e,--engine", &values->store.engine, "Kind of store, see 'souk engines'", "ENGINE", {}, true},
             {"-p,--plan", &values->store.plan, "Size of the store, see 'souk plans'", "PLAN"},
             {"--no-wait", &values->no_wait, "Return as soon as the server has accepted"},
             {"--dry-run", &values->dry_run, "Only say what would be made"}},
        .run = [values](Session& session) {
            const auto* api = session.api();
            if (api == nullptr) {
                return ExitCode::Usage;
            }
            if (values->dry_run) {
                const auto validation = api->validate_store(values->store);
                return validation ? print_validation(session, *validation)
                                  : session.report(validation.error());
            }
            const auto accepted = api->create_store(values->store, new_idempotency_key());
            return accepted ? finish_creation(session, *api, *accepted, values->no_wait)
                            : session.report(accepted.error());
        }};
}

}  // namespace souk::cli
