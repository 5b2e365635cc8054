#include "cli/update.hpp"

#include "cli/operation_watch.hpp"
#include "cli/text.hpp"
#include "cli/times.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace souk::cli {
namespace {

void print_end(const Session& session, const client::Store& store, const client::Operation& operation,
               const UpdateWords& words) {
    const bool good = operation.state == "succeeded";
    std::string text = clean(store.name) + " " + std::string(good ? words.done : words.open);
    if (good && operation.created && operation.ended) {
        text += " after " + format_duration(*operation.ended - *operation.created);
    } else if (operation.error) {
        text += ": " + clean(operation.error->reason) + ": " + clean(operation.error->message);
    } else if (operation.state == "aborted") {
        text += ": a deletion took its place";
    }
    session.print(session.console().paint(good ? Colour::Green : Colour::Red, text) + "\n");
}

ExitCode follow(Session& session, const client::ApiClient& api, const client::Accepted& accepted,
                const UpdateWords& words) {
    auto view = make_progress_view(session, std::string(words.doing) + " " + accepted.store.name);
    const auto ended = watch_operation(session, api, accepted.operation, view);
    if (!ended) {
        const auto code = ended.error().error.code == ErrorCode::Cancelled ? ExitCode::Interrupted
                                                                           : session.report(ended.error());
        session.note("It goes on: 'souk get " + clean(accepted.store.slug) + "' shows how it stands.");
        return code;
    }
    const auto read = api.get_store(accepted.store.id);
    if (!read && read.error().error.code != ErrorCode::Gone) {
        return session.report(read.error());
    }
    const client::Store& store = read ? *read : accepted.store;
    if (session.wants_table()) {
        print_end(session, store, *ended, words);
    } else {
        session.print_document(
            boost::json::value{{"store", *store.document}, {"operation", *ended->document}});
    }
    return ended->state == "succeeded" ? ExitCode::Ok : ExitCode::Failed;
}

}  // namespace

ExitCode run_update(Session& session, std::string_view store, const UpdateWords& words, bool no_wait) {
    const auto* api = session.api();
    if (api == nullptr) {
        return ExitCode::Usage;
    }
    const auto accepted = api->start_action(store, words.action, new_idempotency_key());
    if (!accepted) {
        return session.report(accepted.error());
    }
    if (!no_wait) {
        return follow(session, *api, *accepted, words);
    }
    if (session.wants_table()) {
        session.print("Accepted: " + std::string(words.doing) + " " + clean(accepted->store.name) +
                      "\n  State  souk get " + accepted->store.slug + "\n");
    } else {
        session.print_document(accepted->document);
    }
    return ExitCode::Ok;
}

}  // namespace souk::cli
