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

ExitCode run(Session& session, const Values& values) {
    const auto* api = session.api();
    if (api == nullptr) {
        return ExitCode::Usage;
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
    if (session.wants_table()) {
        session.print(clean(url) + "\n");
    } else {
        session.print_document(boost::json::value{{"url", url}});
    }
    if (values.print_only) {
        return ExitCode::Ok;
    }
    if (store->phase != "Ready" && store->phase != "Degraded") {
        session.note(clean(store->name) + " is " + clean(store->phase) + ": the page may not answer yet");
    }
    if (!open_in_browser(url, session.environment())) {
        session.note("There is no browser to start here; the address is above.");
    }
    return ExitCode::Ok;
}

}  // namespace

Command open_command() {
    auto values = std::make_shared<Values>();
    return {.name = "open",
            .summary = "Open a store in the browser and print its address",
            .arguments = {{"NAME", &values->store, "Name, slug or id"}},
            .options = {{"--admin", &values->admin, "The admin page instead of the storefront"},
                        {"--print", &values->print_only, "Only print the address"}},
            .run = [values](Session& session) { return run(session, *values); }};
}

}  // namespace souk::cli
