#pragma once

#include "app/stores/start_update.hpp"

namespace souk::app {

/// Nothing of the shop runs any more, its data stays, and its address says so. A suspension that does not end
/// in time is taken back: the store is Degraded and runs again. Errors: those of start_update.
class SuspendStore {
public:
    explicit SuspendStore(const UpdateTools& tools) : tools_(tools) {}
    Result<Accepted> operator()(const UpdateRequest& request) const;

private:
    UpdateTools tools_;
};

}  // namespace souk::app
