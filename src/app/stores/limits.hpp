#pragma once

namespace souk::app {

/// Counted in locked transactions. A concurrency limit never rejects: what is over it waits in Requested.
struct Limits {
    int stores_per_team = 1000;
    int stores = 10000;
    int provisioning_per_team = 20;
    int provisioning = 20;
};

}  // namespace souk::app
