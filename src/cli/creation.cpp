#include "cli/creation.hpp"

#include "cli/operation_watch.hpp"
#include "cli/table.hpp"
#include "cli/text.hpp"
#include "cli/times.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace souk::cli {
namespace {

std::string hints(const Session& session, std::vector<std::vector<Cell>> rows) {
    Table table({"", ""});
    for (auto& row : rows) {
        row.front().text = "  " + row.front().text;
        table.add(std::move(row));
    }
    auto console = session.console();
    console.out_is_terminal = false;  // an address is not to be cut
    return table.text(console);
}

void print_accepted(const Session& session, const client::Store& store) {
    session.print("Accepted: " + clean(store.name) + " is being made\n" +
                  hints(session, {{{"Watch"}, {"souk events " + store.slug + " --follow"}},
                                  {{"State"}, {"souk get " + store.slug}}}));
}

void print_ready(const Session& session, const client::Store& store, const client::Operation& operation) {
    const auto& console = session.console();
    std::string text = console.paint(Colour::Green, clean(store.name) + " is Ready");
    if (operation.created && operation.ended) {
        text += " after " + format_duration(*operation.ended - *operation.created);
    }
    std::vector<std::vector<Cell>> rows;
    if (!store.storefront.empty()) {
        rows.push_back({{"Storefront"}, {store.storefront}});
    }
    if (!store.admin.empty()) {
        rows.push_back({{"Admin"}, {store.admin}});
    }
    rows.push_back({{"Login"}, {"souk credentials " + store.slug + " --reason 'first login'"}});
    session.print(text + "\n" + hints(session, std::move(rows)));
}

void print_failed(const Session& session, const client::Store& store, const client::Operation& operation) {
    const auto& console = session.console();
    std::string text = console.paint(Colour::Red, clean(store.name) + " is not Ready");
    if (operation.error) {
        text += ": " + clean(operation.error->reason) + ": " + clean(operation.error->message);
    } else if (operation.state == "aborted") {
        text += ": a deletion took its place";
    }
    session.print(text + "\n" +
                  hints(session, {{{"Logs"}, {"souk logs " + store.slug}},
                                  {{"Events"}, {"souk events " + store.slug}},
                                  {{"Again"}, {"souk retry " + store.slug}},
                                  {{"Remove"}, {"souk delete " + store.slug}}}));
}

ExitCode tell_interrupted(const Session& session, const client::Store& store, const client::ApiError& error) {
    if (error.error.code != ErrorCode::Cancelled) {
        const auto code = session.report(error);
        session.note("The store is not affected by that: souk get " + clean(store.slug));
        return code;
    }
    session.note("Interrupted. The creation of " + clean(store.name) + " goes on: 'souk get " +
                 clean(store.slug) + "' shows how it stands, 'souk cancel " + clean(store.slug) +
                 "' stops it.");
    return ExitCode::Interrupted;
}

}  // namespace

ExitCode finish_creation(Session& session, const client::ApiClient& api, const client::Accepted& accepted,
                         bool no_wait) {
    if (no_wait) {
        if (session.wants_table()) {
            print_accepted(session, accepted.store);
        } else {
            session.print_document(accepted.document);
        }
        return ExitCode::Ok;
    }
    auto view = make_progress_view(session, accepted.store.name);
    const auto ended = watch_operation(session, api, accepted.operation, view);
    if (!ended) {
        return tell_interrupted(session, accepted.store, ended.error());
    }
    const auto read = api.get_store(accepted.store.id);
    if (!read && read.error().error.code != ErrorCode::Gone) {
        return session.report(read.error());
    }
    const client::Store& store = read ? *read : accepted.store;
    const bool ready = ended->state == "succeeded";
    if (!session.wants_table()) {
        session.print_document(
            boost::json::value{{"store", *store.document}, {"operation", *ended->document}});
    } else if (ready) {
        print_ready(session, store, *ended);
    } else {
        print_failed(session, store, *ended);
    }
    return ready ? ExitCode::Ok : ExitCode::Failed;
}

}  // namespace souk::cli
