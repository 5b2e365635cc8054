#pragma once

#include "adapters/kube/json.hpp"
#include "adapters/kube/kinds.hpp"
#include "app/ports/inspection.hpp"

#include <vector>

namespace souk::kube {

/// An object of a namespace as the API server gave it, or its metadata alone where that is enough.
struct FoundObject {
    const Kind* kind = nullptr;
    json::value object;
};

/// What people see of a namespace: each object with its health and its parent. Pure. Replica sets that run
/// nothing any more are left out. A workload that waits for a pod that is not well is not well either, in the
/// pod's words.
std::vector<app::ResourceInfo> assess_resources(const std::vector<FoundObject>& objects);

}  // namespace souk::kube
