#pragma once

#include <string>

namespace souk {

/// The wish, derived from the store's row and its pack.
struct Desired {
    bool deleted = false;
    bool suspended = false;
    std::string release_digest;  // chart and values that should run
    bool was_ready = false;      // the pivot: after it nothing with data is removed by itself
    bool checks_passed = false;  // recorded, cannot be observed
    bool has_setup = true;       // the engine has a setup Job
};

}  // namespace souk
