#pragma once

#include "app/stores/start_update.hpp"

namespace souk::app {

/// A suspended store runs again, with the data it had. Errors: those of start_update.
class ResumeStore {
public:
    explicit ResumeStore(const UpdateTools& tools) : tools_(tools) {}
    Result<Accepted> operator()(const UpdateRequest& request) const;

private:
    UpdateTools tools_;
};

}  // namespace souk::app
