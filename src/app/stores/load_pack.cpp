#include "app/stores/load_pack.hpp"

namespace souk::app {

Result<std::shared_ptr<const EnginePack>> load_pack(EngineCatalogue& engines, Transaction& tx,
                                                    const Store& store) {
    if (const auto current = engines.find(store.engine);
        current != nullptr && current->digest == store.pack_digest) {
        return current;
    }
    const auto archive = tx.packs().load(store.pack_digest);
    if (!archive) {
        return forward(archive);
    }
    return engines.open(store.pack_digest, *archive);
}

}  // namespace souk::app
