#include "app/stores/read_resources.hpp"

#include "app/stores/find_store.hpp"

#include <utility>

namespace souk::app {
namespace {

Result<StoreRef> living(Database& database, std::string_view store, const Caller& caller) {
    const auto found = find_store(database, caller, store);
    if (!found) {
        return forward(found);
    }
    if (found->phase == Phase::Deleted) {
        return fail(ErrorCode::Gone, "the store was deleted", "StoreDeleted");
    }
    return StoreRef::of(*found);
}

}  // namespace

Result<std::shared_ptr<const std::vector<ResourceInfo>>> ReadResources::list(std::string_view store,
                                                                             const Caller& caller,
                                                                             std::stop_token stop) {
    const auto ref = living(database_, store, caller);
    if (!ref) {
        return forward(ref);
    }
    const auto look = [&]() -> Result<std::vector<ResourceInfo>> {
        auto found = cluster_.resources(*ref, std::move(stop));
        if (!found && found.error().code == ErrorCode::NotFound) {
            return std::vector<ResourceInfo>{};
        }
        return found;
    };
    return lists_.get(ref->id.str(), look, version_of(ref->id));
}

Result<std::shared_ptr<const ResourceDetail>> ReadResources::read(std::string_view store,
                                                                  const std::string& kind,
                                                                  const std::string& name,
                                                                  const Caller& caller,
                                                                  std::stop_token stop) {
    const auto ref = living(database_, store, caller);
    if (!ref) {
        return forward(ref);
    }
    return details_.get(
        ref->id.str() + "/" + kind + "/" + name,
        [&] { return cluster_.resource(*ref, kind, name, std::move(stop)); }, version_of(ref->id));
}

}  // namespace souk::app
