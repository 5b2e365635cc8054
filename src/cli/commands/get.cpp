#include "cli/commands/commands.hpp"
#include "cli/looks.hpp"
#include "cli/session.hpp"
#include "cli/table.hpp"
#include "cli/times.hpp"

#include <memory>

namespace souk::cli {
namespace {

std::string describe(const Session& session, const client::Store& store) {
    const auto& console = session.console();
    const auto now = session.now();
    Table facts({"", ""});
    const auto fact = [&](const char* name, std::string text, Colour colour = Colour::None) {
        if (!text.empty()) {
            facts.add({{name, Colour::Grey}, {std::move(text), colour}});
        }
    };
    fact("Name", store.name, Colour::Bold);
    fact("Phase", store.phase, phase_colour(store.phase));
    if (store.failure) {
        fact("Failure", store.failure->reason + ": " + store.failure->message, Colour::Red);
    }
    fact("Id", store.id);
    fact("Slug", store.slug);
    fact("Engine", store.engine + " " + store.engine_version);
    fact("Plan", store.plan);
    fact("Storefront", store.storefront);
    fact("Admin", store.admin);
    fact("Created", format_time(store.created, now));
    fact("Ready", store.ready_at ? format_time(store.ready_at, now) : "");
    fact("Operation", store.operation);
    std::string text = facts.text(console);
    Table steps({"STEP", "STATE", "TOOK", "MESSAGE"});
    for (const auto& step : store.progress.steps) {
        const auto took = step.started ? format_duration(step.ended.value_or(now) - *step.started) : "";
        steps.add({{step.name}, {step.state, step_colour(step.state)}, {took}, {step.message}});
    }
    if (!steps.empty()) {
        text += "\n" + steps.text(console);
    }
    Table conditions({"CONDITION", "STATUS", "REASON", "MESSAGE"});
    for (const auto& condition : store.conditions) {
        conditions.add({{condition.type},
                        {condition.status ? "true" : "false"},
                        {condition.reason},
                        {condition.message}});
    }
    return conditions.empty() ? text : text + "\n" + conditions.text(console);
}

}  // namespace

Command get_command() {
    auto name = std::make_shared<std::string>();
    return {.name = "get",
            .summary = "Show one store with its steps and conditions",
            .arguments = {{"NAME", name.get(), "Name, slug or id"}},
            .run = [name](Session& session) {
                const auto* api = session.api();
                if (api == nullptr) {
                    return ExitCode::Usage;
                }
                const auto store = api->get_store(*name);
                if (!store) {
                    return session.report(store.error());
                }
                if (session.wants_table()) {
                    session.print(describe(session, *store));
                } else {
                    session.print_document(store->document);
                }
                return ExitCode::Ok;
            }};
}

}  // namespace souk::cli
