#include "cli/commands/commands.hpp"
#include "cli/opener.hpp"
#include "cli/session.hpp"
#include "cli/text.hpp"

#include <boost/json/value.hpp>

#include <memory>

namespace souk::cli {
namespace {

struct Values {
    std::string store;
    bool admin = false;
    bool print_only = false;
};

using Opener = bool (*)(const std::string& url, const Environment& environment);

/// The address as the answer, and in the browser unless it is only to be printed.
void show(Session& session, const std::string& url, bool print_only, Opener open) {
    if (session.wants_table()) {
        session.print(clean(url) + "\n");
    } else {
        session.print_document(boost::json::value{{"url", url}});
    }
    if (!print_only && !open(url, session.environment())) {
        session.note("There is no browser to start here; the address is above.");
    }
}

ExitCode open_dashboard(Session& session, const client::ApiClient& api, const Values& values) {
    if (values.admin) {
        session.note("souk: --admin needs the NAME of a store");
        return ExitCode::Usage;
    }
    const auto link = api.make_sign_in_link();
    if (!link) {
        return session.report(link.error());
    }
    show(session, link->url, values.print_only, &open_secret_in_browser);
    session.note("The link signs in once, within five minutes.");
    return ExitCode::Ok;
}

ExitCode run(Session& session, const Values& values) {
    const auto* api = session.api();
    if (api == nullptr) {
        return ExitCode::Usage;
    }
    if (values.store.empty()) {
        return open_dashboard(session, *api, values);
    }
    const auto store = api->get_store(values.store);
    if (!store) {
        return session.report(store.error());
    }
    const std::string& url = values.admin ? store->admin : store->storefront;
    if (url.empty()) {
        session.note("souk: " + clean(store->name) + " has no such page");
        return ExitCode::NotFound;
    }
    show(session, url, values.print_only, &open_in_browser);
    if (!values.print_only && store->phase != "Ready" && store->phase != "Degraded") {
        session.note(clean(store->name) + " is " + clean(store->phase) + ": the page may not answer yet");
    }
    return ExitCode::Ok;
}

}  // namespace

Command open_command() {
    auto values = std::make_shared<Values>();
    return {.name = "open",
            .summary = "Open a store, or the dashboard, in the browser and print the address",
            .arguments = {{"NAME", &values->store, "Name, slug or id of a store; left out: the dashboard",
                           false}},
            .options = {{"--admin", &values->admin, "The admin page instead of the storefront"},
                        {"--print", &values->print_only, "Only print the address"}},
            .run = [values](Session& session) { return run(session, *values); }};
}

}  // namespace souk::cli
