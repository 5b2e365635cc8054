#include "app/stores/rename_store.hpp"

#include "app/events/record_event.hpp"
#include "app/stores/find_store.hpp"

namespace souk::app {

Result<Store> RenameStore::operator()(std::string_view id, const std::string& text,
                                      std::optional<std::int64_t> expected_generation,
                                      const Caller& caller) const {
    const auto name = StoreName::parse(text);
    if (!name) {
        Error error{ErrorCode::InvalidInput, "the store cannot be renamed as asked", "InvalidStore", {}};
        error.fields.push_back({"/name", "invalid", name.error().message});
        return tl::unexpected(std::move(error));
    }
    auto begun = database_.begin(Access::Write);
    if (!begun) {
        return forward(begun);
    }
    Transaction& tx = **begun;
    auto store = find_living_store(tx, caller, id);
    if (!store) {
        return store;
    }
    if (expected_generation && *expected_generation != store->generation) {
        return fail(ErrorCode::PreconditionFailed, "somebody else changed the store; read it again",
                    "GenerationChanged");
    }
    if (store->name == *name) {
        return store;
    }
    store->name = *name;
    ++store->generation;
    const auto written =
        tx.stores()
            .update(*store, nullptr)
            .and_then([&] {
                return tx.audit().append(
                    {caller.user, "store.rename", store->id.str(), {}, caller.request_id, tx.now()});
            })
            .and_then([&] {
                return record_event(tx, *store,
                                    {"store.renamed", {}, {}, {}, "renamed to " + name->str(), {}});
            })
            .and_then([&] { return tx.commit("rename_store"); });
    if (!written) {
        return forward(written);
    }
    signals_.events_appended();
    return store;
}

}  // namespace souk::app
