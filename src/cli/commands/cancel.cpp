#include "cli/commands/commands.hpp"
#include "cli/operation_watch.hpp"
#include "cli/session.hpp"
#include "cli/text.hpp"

#include <memory>

namespace souk::cli {
namespace {

struct Values {
    std::string name;
    bool no_wait = false;
};

bool was_cancelled(const client::Operation& operation) {
    return operation.error && operation.error->reason == "Cancelled";
}

ExitCode follow(Session& session, const client::ApiClient& api, const client::Operation& operation) {
    ProgressView silent(session.console().err, session.console(), ProgressView::Style::Silent, "");
    const auto ended = watch_operation(session, api, operation, silent);
    if (!ended) {
        return session.report(ended.error());
    }
    if (!session.wants_table()) {
        session.print_document(ended->document);
    } else if (was_cancelled(*ended)) {
        session.print("Cancelled. 'souk retry' goes on with it, 'souk delete' removes what is there.\n");
    } else {
        session.print("It was over before it could be cancelled: " + clean(ended->state) + "\n");
    }
    return was_cancelled(*ended) ? ExitCode::Ok : ExitCode::Failed;
}

ExitCode run(Session& session, const Values& values) {
    const auto* api = session.api();
    if (api == nullptr) {
        return ExitCode::Usage;
    }
    std::string id = values.name;
    if (!id.starts_with("op_")) {
        const auto store = api->get_store(values.name);
        if (!store) {
            return session.report(store.error());
        }
        if (store->operation.empty()) {
            session.note("souk: nothing is running for " + clean(store->name) + ", it is " +
                         clean(store->phase));
            return ExitCode::Conflict;
        }
        id = store->operation;
    }
    const auto operation = api->cancel_operation(id);
    if (!operation) {
        return session.report(operation.error());
    }
    if (!values.no_wait) {
        return follow(session, *api, *operation);
    }
    if (session.wants_table()) {
        session.print("Accepted: it will end soon\n");
    } else {
        session.print_document(operation->document);
    }
    return ExitCode::Ok;
}

}  // namespace

Command cancel_command() {
    auto values = std::make_shared<Values>();
    return {.name = "cancel",
            .summary = "Cancel the running creation of a store",
            .arguments = {{"NAME", &values->name, "Name, slug or id of the store, or id of the operation"}},
            .options = {{"--no-wait", &values->no_wait, "Return as soon as the server has accepted"}},
            .run = [values](Session& session) { return run(session, *values); }};
}

}  // namespace souk::cli
