#pragma once

#include "app/stores/start_update.hpp"

namespace souk::app {

/// New pods for everything but the data, one after the other where there are several; Ready again when the
/// checks pass. Errors: those of start_update.
class RestartStore {
public:
    explicit RestartStore(const UpdateTools& tools) : tools_(tools) {}
    Result<Accepted> operator()(const UpdateRequest& request) const;

private:
    UpdateTools tools_;
};

}  // namespace souk::app
