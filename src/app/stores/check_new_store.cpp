#include "app/stores/check_new_store.hpp"

#include <algorithm>
#include <utility>

namespace souk::app {
namespace {

Result<Slug> free_slug(Transaction& tx, const StoreName& name) {
    const Slug wanted = Slug::from_name(name);
    Slug slug = wanted;
    for (int n = 2; n < 1000; ++n) {
        const auto taken = tx.stores().slug_taken(slug.str());
        if (!taken) {
            return forward(taken);
        }
        if (!*taken) {
            return slug;
        }
        slug = wanted.numbered(n);
    }
    return fail(ErrorCode::Conflict, "no free address is left for this name; choose another", "SlugTaken");
}

}  // namespace

Result<KnownStore> parse_new_store(const NewStore& input, const EngineCatalogue& engines,
                                   const std::vector<Plan>& plans) {
    auto name = StoreName::parse(input.name);
    auto pack = engines.find(input.engine);
    const auto plan =
        std::find_if(plans.begin(), plans.end(), [&](const Plan& known) { return known.name == input.plan; });
    if (name && pack != nullptr && plan != plans.end()) {
        return KnownStore{std::move(*name), std::move(pack), *plan};
    }
    Error error{ErrorCode::InvalidInput, "the store cannot be created as asked", "InvalidStore", {}};
    if (!name) {
        error.fields.push_back({"/name", input.name.empty() ? "required" : "invalid", name.error().message});
    }
    if (pack == nullptr) {
        error.fields.push_back({"/engine", input.engine.empty() ? "required" : "unknown",
                                input.engine.empty() ? "an engine is needed" : "there is no such engine"});
    }
    if (plan == plans.end()) {
        std::string known;
        for (const Plan& one : plans) {
            known += (known.empty() ? "" : ", ") + one.name;
        }
        error.fields.push_back({"/plan", "unknown", "there is no such plan; known are " + known});
    }
    return tl::unexpected(std::move(error));
}

Result<Slug> find_room(Transaction& tx, const StoreName& name, const Caller& caller, const Limits& limits) {
    const auto in_team = tx.stores().count(caller.team);
    const auto in_all = in_team ? tx.stores().count_all() : in_team;
    if (!in_all) {
        return forward(in_all);
    }
    if (in_team->living >= limits.stores_per_team || in_all->living >= limits.stores) {
        return fail(ErrorCode::QuotaExceeded,
                    "the limit of stores is reached; delete one or ask the operator", "StoreLimit");
    }
    const auto same_name = tx.stores().find_by_name(caller.team, name.str());
    if (!same_name) {
        return forward(same_name);
    }
    if (same_name->has_value()) {
        Error taken{
            ErrorCode::Conflict, "a store of this name exists: " + (*same_name)->id.str(), "NameTaken", {}};
        taken.fields.push_back({"/name", "taken", "used by /api/v1/stores/" + (*same_name)->id.str()});
        return tl::unexpected(std::move(taken));
    }
    return free_slug(tx, name);
}

}  // namespace souk::app
