#include "cli/commands/commands.hpp"
#include "cli/session.hpp"
#include "cli/table.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

namespace souk::cli {
namespace {

ExitCode run(Session& session) {
    const auto* api = session.api();
    if (api == nullptr) {
        return ExitCode::Usage;
    }
    const auto plans = api->list_plans();
    if (!plans) {
        return session.report(plans.error());
    }
    boost::json::array documents;
    Table table({"NAME", "TITLE", "CPU", "MEMORY", "STORAGE", "PODS"});
    for (const auto& plan : *plans) {
        documents.push_back(*plan.document);
        table.add({{plan.name},
                   {plan.title},
                   {plan.limits_cpu},
                   {plan.limits_memory},
                   {plan.storage},
                   {std::to_string(plan.pods)}});
    }
    if (session.wants_table()) {
        session.print(table.text(session.console()));
    } else {
        session.print_document(boost::json::value{{"plans", std::move(documents)}});
    }
    return ExitCode::Ok;
}

}  // namespace

Command plans_command() {
    return {.name = "plans", .summary = "List the sizes a store can have", .run = run};
}

}  // namespace souk::cli
