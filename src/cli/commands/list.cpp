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

constexpr int kPageSize = 200;

struct Values {
    client::StoreFilter filter;
    int limit = 0;
};

client::ApiResult<std::vector<client::Store>> read_all(const client::ApiClient& api, const Values& values) {
    std::vector<client::Store> stores;
    std::string token;
    do {
        const int missing = values.limit - static_cast<int>(stores.size());
        const int size = values.limit > 0 ? std::min(kPageSize, missing) : kPageSize;
        auto page = api.list_stores(values.filter, size, token);
        if (!page) {
            return tl::unexpected(page.error());
        }
        std::move(page->items.begin(), page->items.end(), std::back_inserter(stores));
        token = page->next_page_token;
    } while (!token.empty() && (values.limit == 0 || static_cast<int>(stores.size()) < values.limit));
    return stores;
}

void print_table(const Session& session, const std::vector<client::Store>& stores) {
    if (stores.empty()) {
        session.note("No stores.");
        return;
    }
    Table table({"NAME", "PHASE", "ENGINE", "PLAN", "AGE", "ADDRESS"});
    for (const auto& store : stores) {
        const bool busy = store.phase == "Provisioning" || store.phase == "Deleting";
        table.add({{store.name},
                   {busy ? store.phase + " " + std::to_string(store.progress.percent) + "%" : store.phase,
                    phase_colour(store.phase)},
                   {store.engine},
                   {store.plan},
                   {store.created ? format_duration(session.now() - *store.created) : "-"},
                   {store.storefront}});
    }
    session.print(table.text(session.console()));
}

ExitCode run(Session& session, const Values& values) {
    const auto* api = session.api();
    if (api == nullptr) {
        return ExitCode::Usage;
    }
    const auto stores = read_all(*api, values);
    if (!stores) {
        return session.report(stores.error());
    }
    if (session.wants_table()) {
        print_table(session, *stores);
        return ExitCode::Ok;
    }
    boost::json::array documents;
    for (const auto& store : *stores) {
        documents.push_back(*store.document);
    }
    session.print_document(boost::json::value{{"stores", std::move(documents)}});
    return ExitCode::Ok;
}

}  // namespace

Command list_command() {
    auto values = std::make_shared<Values>();
    return {.name = "list",
            .summary = "List stores",
            .options = {{"--phase", &values->filter.phases, "Only stores in this phase; may be repeated",
                         "PHASE"},
                        {"-e,--engine", &values->filter.engine, "Only stores of this engine", "ENGINE"},
                        {"-p,--plan", &values->filter.plan, "Only stores of this plan", "PLAN"},
                        {"--search", &values->filter.search, "Part of the name or slug", "TEXT"},
                        {"--sort",
                         &values->filter.sort,
                         "Order; '-' is the other way round",
                         "FIELD",
                         {"created", "-created", "name", "-name", "-updated"}},
                        {"--limit", &values->limit, "At most so many; all without it", "N"}},
            .run = [values](Session& session) { return run(session, *values); }};
}

}  // namespace souk::cli
