#include "cli/commands/commands.hpp"
#include "cli/looks.hpp"
#include "cli/session.hpp"
#include "cli/table.hpp"
#include "cli/times.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <memory>

namespace souk::cli {
namespace {

constexpr int kLargestPage = 1000;

struct Values {
    client::OperationFilter filter;
    int limit = 50;
};

client::ApiResult<std::vector<client::Operation>> read_newest(const client::ApiClient& api,
                                                              const Values& values) {
    std::vector<client::Operation> operations;
    std::string token;
    do {
        const int missing = values.limit - static_cast<int>(operations.size());
        auto page = api.list_operations(values.filter, std::min(kLargestPage, missing), token);
        if (!page) {
            return tl::unexpected(page.error());
        }
        std::move(page->items.begin(), page->items.end(), std::back_inserter(operations));
        token = page->next_page_token;
    } while (!token.empty() && static_cast<int>(operations.size()) < values.limit);
    return operations;
}

ExitCode run(Session& session, const Values& values) {
    const auto* api = session.api();
    if (api == nullptr) {
        return ExitCode::Usage;
    }
    const auto operations = read_newest(*api, values);
    if (!operations) {
        return session.report(operations.error());
    }
    boost::json::array documents;
    Table table({"ID", "KIND", "STORE", "STATE", "AGE", "TOOK", "ERROR"});
    for (const auto& operation : *operations) {
        documents.push_back(*operation.document);
        const auto end = operation.ended.value_or(session.now());
        table.add({{operation.id},
                   {operation.kind},
                   {operation.store_name},
                   {operation.state, operation_colour(operation.state)},
                   {operation.created ? format_duration(session.now() - *operation.created) : "-"},
                   {operation.created ? format_duration(end - *operation.created) : "-"},
                   {operation.error ? operation.error->reason + ": " + operation.error->message : ""}});
    }
    if (!session.wants_table()) {
        session.print_document(boost::json::value{{"operations", std::move(documents)}});
    } else if (operations->empty()) {
        session.note("No operations.");
    } else {
        session.print(table.text(session.console()));
    }
    return ExitCode::Ok;
}

}  // namespace

Command operations_command() {
    auto values = std::make_shared<Values>();
    return {.name = "operations",
            .summary = "List what was asked of stores, newest first",
            .arguments = {{"NAME", &values->filter.store, "Only those of this store", false}},
            .options = {{"--state", &values->filter.state, "Only those in this state", "STATE"},
                        {"--kind", &values->filter.kind, "Only those of this kind, store.create for example",
                         "KIND"},
                        {"--limit", &values->limit, "The newest so many (50)", "N"}},
            .run = [values](Session& session) { return run(session, *values); }};
}

}  // namespace souk::cli
