#include "cli/commands/commands.hpp"
#include "cli/session.hpp"
#include "cli/table.hpp"
#include "cli/text.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace souk::cli {
namespace {

ExitCode run(Session& session) {
    const auto* api = session.api();
    if (api == nullptr) {
        return ExitCode::Usage;
    }
    const auto health = api->get_health();
    if (!health) {
        return session.report(health.error());
    }
    const bool well = health->status == "ok";
    if (!session.wants_table()) {
        session.print_document(boost::json::value{{"server", session.server_url()},
                                                  {"version", health->version},
                                                  {"client_version", SOUK_VERSION},
                                                  {"health", *health->document}});
        return well ? ExitCode::Ok : ExitCode::Failed;
    }
    const auto& console = session.console();
    session.print("Server " + clean(session.server_url()) + " (soukd " + clean(health->version) + ") is " +
                  console.paint(well ? Colour::Green : Colour::Red, clean(health->status)) + "\n");
    Table table({"CHECK", "STATUS", "MESSAGE"});
    for (const auto& check : health->checks) {
        table.add({{check.name},
                   {check.status, check.status == "ok" ? Colour::Green : Colour::Red},
                   {check.message}});
    }
    session.print(table.text(console));
    return well ? ExitCode::Ok : ExitCode::Failed;
}

}  // namespace

Command status_command() {
    return {.name = "status", .summary = "Show whether the server is well", .run = run};
}

}  // namespace souk::cli
