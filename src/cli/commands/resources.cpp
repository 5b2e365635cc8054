#include "cli/commands/commands.hpp"
#include "cli/looks.hpp"
#include "cli/session.hpp"
#include "cli/table.hpp"
#include "cli/times.hpp"

#include <memory>

namespace souk::cli {
namespace {

constexpr int kDeepest = 16;  // the server may be wrong about parents, too

using Resources = std::vector<client::Resource>;

void add_below(const Session& session, const Resources& all, const std::string& parent, int depth,
               Table& table) {
    for (const client::Resource& one : all) {
        if (one.parent != parent || depth > kDeepest) {
            continue;
        }
        const std::string margin(static_cast<std::size_t>(depth) * 2, ' ');
        table.add({{margin + one.kind + "/" + one.name},
                   {one.health, health_colour(one.health)},
                   {format_age(one.created, session.now())},
                   {one.reason + (one.message.empty() ? "" : ": " + one.message)}});
        add_below(session, all, one.kind + "/" + one.name, depth + 1, table);
    }
}

ExitCode run(Session& session, const std::string& store) {
    const auto* api = session.api();
    if (api == nullptr) {
        return ExitCode::Usage;
    }
    const auto resources = api->list_resources(store);
    if (!resources) {
        return session.report(resources.error());
    }
    if (!session.wants_table()) {
        session.print_document(resources->document);
    } else if (resources->items.empty()) {
        session.note("It has no objects in the cluster.");
    } else {
        Table table({"OBJECT", "HEALTH", "MADE", "WHY"});
        add_below(session, resources->items, "", 0, table);
        session.print(table.text(session.console()));
    }
    return ExitCode::Ok;
}

}  // namespace

Command resources_command() {
    auto store = std::make_shared<std::string>();
    return {.name = "resources",
            .summary = "Show the objects of a store and how they are",
            .arguments = {{"NAME", store.get(), "Name, slug or id"}},
            .run = [store](Session& session) { return run(session, *store); }};
}

}  // namespace souk::cli
