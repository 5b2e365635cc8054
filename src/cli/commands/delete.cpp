#include "cli/commands/commands.hpp"
#include "cli/operation_watch.hpp"
#include "cli/prompt.hpp"
#include "cli/receipt_text.hpp"
#include "cli/session.hpp"
#include "cli/text.hpp"

#include <memory>

namespace souk::cli {
namespace {

struct Values {
    std::string store;
    bool yes = false;
    bool no_wait = false;
};

/// Ok when the person typed the store's name.
ExitCode confirm(const Session& session, const client::Store& store) {
    const auto& console = session.console();
    if (!console.in_is_terminal) {
        return session.report_usage("deleting a store needs its name typed on a terminal, or --yes");
    }
    const std::string name = clean(store.name);
    const auto answer = ask(console,
                            "This deletes " + name + " (" + clean(store.slug) +
                                ") with everything in it.\nType its name to go on: ",
                            session.stop());
    if (!answer) {
        session.note("Nothing was deleted.");
        return ExitCode::Interrupted;
    }
    if (*answer != store.name) {
        return session.report_usage("that is not its name; nothing was deleted");
    }
    return ExitCode::Ok;
}

ExitCode follow(Session& session, const client::ApiClient& api, const client::Accepted& accepted) {
    auto view = make_progress_view(session, "Deleting " + accepted.store.name);
    const auto ended = watch_operation(session, api, accepted.operation, view);
    if (!ended) {
        const auto code = ended.error().error.code == ErrorCode::Cancelled ? ExitCode::Interrupted
                                                                           : session.report(ended.error());
        session.note("The deletion goes on: souk receipt " + clean(accepted.store.id));
        return code;
    }
    const auto receipt = api.get_receipt(accepted.store.id);
    if (!receipt) {
        return session.report(receipt.error());
    }
    if (session.wants_table()) {
        print_receipt(session, *receipt);
    } else {
        session.print_document(receipt->document);
    }
    if (ended->state == "succeeded") {
        return ExitCode::Ok;
    }
    if (ended->error) {
        session.note("souk: " + clean(ended->error->reason) + ": " + clean(ended->error->message));
    }
    return ExitCode::Failed;
}

ExitCode run(Session& session, const Values& values) {
    const auto* api = session.api();
    if (api == nullptr) {
        return ExitCode::Usage;
    }
    const auto store = api->get_store(values.store);
    if (!store) {
        return session.report(store.error());
    }
    if (!values.yes) {
        if (const auto confirmed = confirm(session, *store); confirmed != ExitCode::Ok) {
            return confirmed;
        }
    }
    // By id: what was confirmed is what is deleted, even if names changed meanwhile.
    const auto accepted = api->delete_store(store->id, store->name);
    if (!accepted) {
        return session.report(accepted.error());
    }
    if (!values.no_wait) {
        return follow(session, *api, *accepted);
    }
    if (session.wants_table()) {
        session.print("Accepted: " + clean(store->name) + " is being deleted\n  Receipt  souk receipt " +
                      clean(store->id) + "\n");
    } else {
        session.print_document(accepted->document);
    }
    return ExitCode::Ok;
}

}  // namespace

Command delete_command() {
    auto values = std::make_shared<Values>();
    return {.name = "delete",
            .summary = "Delete a store with everything in it and show the receipt",
            .arguments = {{"NAME", &values->store, "Name, slug or id"}},
            .options = {{"-y,--yes", &values->yes, "Do not ask for the typed name"},
                        {"--no-wait", &values->no_wait, "Return as soon as the server has accepted"}},
            .run = [values](Session& session) { return run(session, *values); }};
}

}  // namespace souk::cli
