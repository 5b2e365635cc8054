#include "app/reconcile/extend_deadlines.hpp"

namespace souk::app {

Result<> ExtendDeadlines::operator()() const {
    auto tx = database_.begin(Access::Write);
    if (!tx) {
        return forward(tx);
    }
    const auto extended = (*tx)->stores().extend_deadlines();
    if (!extended) {
        return forward(extended);
    }
    return *extended == 0 ? Result<>() : (*tx)->commit("extend_deadlines");
}

}  // namespace souk::app
