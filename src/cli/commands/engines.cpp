#include "cli/commands/commands.hpp"
#include "cli/session.hpp"
#include "cli/table.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

namespace souk::cli {
namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

ExitCode run(Session& session) {
    const auto* api = session.api();
    if (api == nullptr) {
        return ExitCode::Usage;
    }
    const auto engines = api->list_engines();
    if (!engines) {
        return session.report(engines.error());
    }
    boost::json::array documents;
    Table table({"NAME", "VERSION", "TITLE", "PLANS"});
    for (const auto& engine : *engines) {
        documents.push_back(*engine.document);
        table.add({{engine.name}, {engine.version}, {engine.title}, {joined(engine.plans)}});
    }
    if (session.wants_table()) {
        session.print(table.text(session.console()));
    } else {
        session.print_document(boost::json::value{{"engines", std::move(documents)}});
    }
    return ExitCode::Ok;
}

}  // namespace

Command engines_command() {
    return {.name = "engines", .summary = "List the kinds of stores that can be made", .run = run};
}

}  // namespace souk::cli
