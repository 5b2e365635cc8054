#include "adapters/sql/search_text.hpp"
#include "adapters/sql/store_columns.hpp"
#include "adapters/sql/store_table.hpp"

#include <algorithm>
#include <charconv>

namespace souk::sql {
namespace {

using Sort = app::StoreQuery::Sort;

struct SortColumn {
    std::string_view column;
    bool descending;
    bool is_time;
};

constexpr std::string_view kRunning =
    ", (SELECT operations.id FROM operations WHERE operations.store_id = stores.id AND operations.state = "
    "'running')";

constexpr SortColumn sort_column(Sort sort) {
    switch (sort) {
        case Sort::CreatedDesc:
            return {"created", true, true};
        case Sort::CreatedAsc:
            return {"created", false, true};
        case Sort::NameAsc:
            return {"name", false, false};
        case Sort::NameDesc:
            return {"name", true, false};
        case Sort::UpdatedDesc:
            return {"updated", true, true};
    }
    return {"created", true, true};
}

Result<std::int64_t> parse_micros(std::string_view text) {
    std::int64_t micros = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), micros);
    if (failed != std::errc() || end != text.data() + text.size()) {
        return fail(ErrorCode::InvalidInput, "the page key does not fit this sort order");
    }
    return micros;
}

/// Adds the value and returns its "$n".
std::string parameter(StoreListStatement& statement, Value value) {
    statement.values.push_back(value);
    return "$" + std::to_string(statement.values.size());
}

std::string kept_parameter(StoreListStatement& statement, std::string text) {
    statement.texts.push_back(std::move(text));
    return parameter(statement, statement.texts.back());
}

}  // namespace

Result<std::unique_ptr<StoreListStatement>> store_list_statement(const app::StoreQuery& query) {
    auto statement = std::make_unique<StoreListStatement>();
    // Views into `texts` must not move: the phases, the pattern, the three filters and the page key.
    statement->texts.reserve(query.phases.size() + 6);
    const SortColumn sort = sort_column(query.sort);
    const std::string direction = sort.descending ? " DESC" : " ASC";

    std::string where = "team = " + kept_parameter(*statement, query.team);
    const bool with_deleted =
        std::find(query.phases.begin(), query.phases.end(), Phase::Deleted) != query.phases.end();
    if (!with_deleted) {
        where += " AND living = 1";
    }
    if (!query.phases.empty()) {
        std::string list;
        for (const Phase phase : query.phases) {
            list += (list.empty() ? "" : ", ") + parameter(*statement, to_string(phase));
        }
        where += " AND phase IN (" + list + ")";
    }
    if (!query.engine.empty()) {
        where += " AND engine = " + kept_parameter(*statement, query.engine);
    }
    if (!query.plan.empty()) {
        where += " AND plan = " + kept_parameter(*statement, query.plan);
    }
    if (!query.search.empty()) {
        where += " AND search_text LIKE " + kept_parameter(*statement, like_pattern(query.search)) +
                 " ESCAPE '\\'";
    }
    if (!query.after_id.empty()) {
        std::string key;
        if (sort.is_time) {
            const auto micros = parse_micros(query.after_key);
            if (!micros) {
                return forward(micros);
            }
            key = parameter(*statement, *micros);
        } else {
            key = kept_parameter(*statement, query.after_key);
        }
        const std::string id = kept_parameter(*statement, query.after_id);
        where += " AND (" + std::string(sort.column) + ", id) " + (sort.descending ? "<" : ">") + " (" + key +
                 ", " + id + ")";
    }
    statement->sql = "SELECT " + std::string(kStoreColumns) + std::string(kRunning) + " FROM stores WHERE " +
                     where + " ORDER BY " + std::string(sort.column) + direction + ", id" + direction +
                     " LIMIT " + parameter(*statement, std::max(query.limit, 1));
    return statement;
}

Result<std::vector<app::ListedStore>> SqlStoreTable::list(const app::StoreQuery& query) {
    const auto statement = store_list_statement(query);
    if (!statement) {
        return forward(statement);
    }
    return fetch(session_.connection, (*statement)->sql, std::span<const Value>((*statement)->values),
                 [](Reader& row) -> Result<app::ListedStore> {
                     auto store = read_store(row);
                     if (!store) {
                         return forward(std::move(store));
                     }
                     const auto running = row.maybe_text();
                     if (!running) {
                         return app::ListedStore{std::move(*store), std::nullopt};
                     }
                     auto id = OperationId::parse(*running);
                     if (!id) {
                         return fail(ErrorCode::Internal,
                                     "an operation in the database has an id that this version cannot read",
                                     "UnreadableRow");
                     }
                     return app::ListedStore{std::move(*store), std::move(*id)};
                 });
}

Result<std::vector<app::StoreTable::Place>> SqlStoreTable::living_places() {
    return fetch(session_.connection, "SELECT id, namespace FROM stores WHERE phase <> 'Deleted'", {},
                 [](Reader& row) -> Result<Place> {
                     auto id = StoreId::parse(row.text());
                     if (!id) {
                         return fail(ErrorCode::Internal,
                                     "a store in the database has an id that this version cannot read",
                                     "UnreadableRow");
                     }
                     return Place{std::move(*id), row.text()};
                 });
}

}  // namespace souk::sql
