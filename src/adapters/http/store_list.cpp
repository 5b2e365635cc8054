#include "adapters/http/fields.hpp"
#include "adapters/http/idempotency.hpp"
#include "adapters/http/parameters.hpp"
#include "adapters/http/routes.hpp"
#include "adapters/http/wire.hpp"
#include "app/stores/create_store.hpp"
#include "app/stores/list_stores.hpp"
#include "app/stores/validate_store.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>
#include <utility>

// /api/v1/stores

namespace souk::http {
namespace {

using Sort = app::StoreQuery::Sort;

struct SortName {
    std::string_view name;
    Sort sort;
};
constexpr std::array kSorts = {SortName{"-created", Sort::CreatedDesc}, SortName{"created", Sort::CreatedAsc},
                               SortName{"name", Sort::NameAsc}, SortName{"-name", Sort::NameDesc},
                               SortName{"-updated", Sort::UpdatedDesc}};
constexpr std::size_t kMaxSearch = 100;
constexpr std::size_t kMaxPhases = 20;

std::string sort_key(const Store& store, Sort sort) {
    switch (sort) {
        case Sort::CreatedDesc:
        case Sort::CreatedAsc:
            return std::to_string(to_micros(store.created));
        case Sort::NameAsc:
        case Sort::NameDesc:
            return store.name.str();
        case Sort::UpdatedDesc:
            return std::to_string(to_micros(store.updated));
    }
    return {};
}

app::StoreQuery read_query(Parameters& parameters) {
    app::StoreQuery query;
    for (const std::string& text : parameters.texts("phase")) {
        const auto phase = parse_phase(text);
        if (!phase || query.phases.size() == kMaxPhases) {
            parameters.note("phase", "unknown", "there is no such phase");
            break;
        }
        query.phases.push_back(*phase);
    }
    std::sort(query.phases.begin(), query.phases.end());
    query.phases.erase(std::unique(query.phases.begin(), query.phases.end()), query.phases.end());
    query.engine = parameters.text("engine");
    query.plan = parameters.text("plan");
    query.search = parameters.text("search");
    if (query.search.size() > kMaxSearch) {
        parameters.note("search", "too_long", "must have at most 100 bytes");
    }
    query.limit = parameters.page_size();
    if (const std::string sort = parameters.text("sort"); !sort.empty()) {
        const auto found = std::find_if(kSorts.begin(), kSorts.end(),
                                        [&](const SortName& entry) { return entry.name == sort; });
        if (found == kSorts.end()) {
            parameters.note("sort", "unknown", "must be created, -created, name, -name or -updated");
        } else {
            query.sort = found->sort;
        }
    }
    return query;
}

/// What a page token of this list is signed with. No part can hold a line break: the query was decoded
/// without.
std::string list_name(const app::StoreQuery& query, const app::Caller& caller) {
    std::string out = "stores\n" + caller.team + "\n" + query.engine + "\n" + query.plan + "\n" +
                      query.search + "\n" + std::to_string(static_cast<int>(query.sort));
    for (const Phase phase : query.phases) {
        out += "\n" + std::string(to_string(phase));
    }
    return out;
}

Result<runtime::Response> list(const Context& context, const runtime::Request& request,
                               const app::Caller& caller) {
    Parameters parameters(request);
    app::StoreQuery query = read_query(parameters);
    const std::string token = parameters.text("page_token");
    if (auto valid = parameters.done(); !valid) {
        return forward(valid);
    }
    const std::string name = list_name(query, caller);
    auto cursor = context.page_tokens.read(token, name);
    if (!cursor) {
        return forward(cursor);
    }
    query.after_key = std::move(cursor->key);
    query.after_id = std::move(cursor->id);
    const auto page = app::ListStores(context.parts.database)(query, caller);
    if (!page) {
        return forward(page);
    }
    boost::json::array stores;
    for (const app::StoreView& view : page->stores) {
        stores.push_back(to_json(context.parts, view));
    }
    std::string next;
    if (page->more) {
        const Store& last = page->stores.back().store;
        next = context.page_tokens.make({sort_key(last, query.sort), last.id.str()}, name);
    }
    return json_response(200, {{"stores", std::move(stores)}, {"next_page_token", next}});
}

/// With a body that is wrong already the use case is not asked, but its view of the good fields belongs to
/// "all at once".
void note_what_the_rules_say(const ApiParts& parts, const app::NewStore& input, Fields& fields) {
    if (const auto name = StoreName::parse(input.name); fields.has_text("name") && !name) {
        fields.note("/name", input.name.empty() ? "required" : "invalid", name.error().message);
    }
    if (fields.has_text("engine") && parts.engines.find(input.engine) == nullptr) {
        fields.note("/engine", "unknown", "there is no such engine");
    }
    const bool plan_known = std::any_of(parts.plans.begin(), parts.plans.end(),
                                        [&](const Plan& plan) { return plan.name == input.plan; });
    if (fields.has_text("plan") && !plan_known) {
        fields.note("/plan", "unknown", "there is no such plan");
    }
}

Result<runtime::Response> validate(const ApiParts& parts, const app::NewStore& input,
                                   const app::Caller& caller) {
    const auto validation = app::ValidateStore(parts.database, parts.engines, parts.plans,
                                               parts.cluster_settings, parts.limits)(input, caller);
    if (!validation) {
        return forward(validation);
    }
    return json_response(200, to_json(parts, *validation));
}

Result<runtime::Response> create(const Context& context, const runtime::Request& request,
                                 const app::Caller& caller) {
    Parameters parameters(request);
    const bool validate_only = parameters.flag("validate_only");
    // A misspelt one must not make a store.
    if (auto valid = parameters.done(); !valid) {
        return forward(valid);
    }
    auto fields = Fields::of_body(request);
    if (!fields) {
        return forward(fields);
    }
    const std::string name = fields->text("name");
    const std::string engine = fields->text("engine");
    const std::string plan = fields->maybe_text("plan").value_or("starter");
    const app::NewStore input{name, engine, plan};
    if (!fields->clean()) {
        note_what_the_rules_say(context.parts, input, *fields);
    }
    if (auto valid = fields->done(); !valid) {
        return forward(valid);
    }
    const ApiParts& parts = context.parts;
    if (validate_only) {
        return validate(parts, input, caller);
    }
    const auto key = idempotency_key(parts, request, caller, {input.name, input.engine, input.plan});
    if (!key) {
        return forward(key);
    }
    const app::CreateStore use_case(parts.database, parts.ids, parts.engines, parts.plans,
                                    parts.cluster_settings, parts.limits, parts.signals);
    return use_case(input, caller, *key, render_accepted(parts)).map([](const app::Accepted& accepted) {
        auto response = with_replay_mark(accepted);
        response.subject = boost::json::parse(response.body).at("store").at("id").as_string();
        return response;
    });
}

}  // namespace

void add_store_list_routes(Routes& routes) {
    const ContextPtr context = routes.context();
    routes.add("GET", "/api/v1/stores",
               [context](const runtime::Request& request, const app::Caller& caller) {
                   return list(*context, request, caller);
               });
    routes.add("POST", "/api/v1/stores",
               [context](const runtime::Request& request, const app::Caller& caller) {
                   return create(*context, request, caller);
               });
}

}  // namespace souk::http
