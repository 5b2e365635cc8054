#include "app/jobs/wake_stores.hpp"

#include <utility>

namespace souk::app {

void WakeStores::add(const StoreId& store) {
    const std::scoped_lock lock(mutex_);
    noted_.insert(store);
}

Result<> WakeStores::flush() {
    std::set<StoreId> work;
    {
        const std::scoped_lock lock(mutex_);
        work.swap(noted_);
    }
    if (work.empty()) {
        return {};
    }
    const auto written = [&]() -> Result<> {
        auto tx = database_.begin(Access::Write);
        if (!tx) {
            return forward(tx);
        }
        for (const StoreId& store : work) {
            if (auto woken = (*tx)->jobs().wake(store, false); !woken) {
                return forward(woken);
            }
        }
        return (*tx)->commit("wake");
    }();
    if (!written) {
        const std::scoped_lock lock(mutex_);
        noted_.merge(work);
        return written;
    }
    signals_.jobs_changed();
    return {};
}

}  // namespace souk::app
