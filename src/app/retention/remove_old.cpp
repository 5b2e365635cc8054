#include "app/retention/remove_old.hpp"

namespace souk::app {

Result<Removed> RemoveOld::operator()() const {
    auto begun = database_.begin(Access::Write);
    if (!begun) {
        return forward(begun);
    }
    Transaction& tx = **begun;
    const Timestamp now = tx.now();
    const auto events = tx.events().remove_older_than(now - retention_.events);
    if (!events) {
        return forward(events);
    }
    const auto logs = tx.kept_logs().remove_older_than(now - retention_.kept_logs);
    if (!logs) {
        return forward(logs);
    }
    const auto keys = tx.idempotency().remove_older_than(now - retention_.idempotency_keys);
    if (!keys) {
        return forward(keys);
    }
    if (auto committed = tx.commit("remove_old"); !committed) {
        return forward(committed);
    }
    return Removed{*events, *logs, *keys};
}

}  // namespace souk::app
