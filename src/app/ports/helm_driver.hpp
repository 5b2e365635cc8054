#pragma once

#include "core/common/result.hpp"
#include "core/store/names.hpp"

#include <chrono>
#include <stop_token>
#include <string>

namespace souk::app {

struct ReleaseRequest {
    NamespaceName ns;
    std::string release;
    std::string chart_path;   // an unpacked chart
    std::string values_json;  // through stdin; never a secret
    std::string digest;       // becomes Helm's label souk.dev/digest
    std::chrono::seconds timeout{120};
};

struct ReleaseRef {
    NamespaceName ns;
    std::string release;
    std::chrono::seconds timeout{120};
};

/// Helm as a process, 4 or 3. Never waits for workloads. Thread-safe. Errors: Timeout, Unavailable (API
/// server away), Forbidden (admission, quota, Pod Security; reason says which), Conflict (another operation
/// is in progress), InvalidInput (the chart does not render), Cancelled.
class HelmDriver {
public:
    virtual ~HelmDriver() = default;
    /// upgrade --install; running it twice with equal input changes nothing but the revision.
    virtual Result<> apply(const ReleaseRequest& request, std::stop_token stop) = 0;
    /// A release that is not there is success.
    virtual Result<> remove(const ReleaseRef& release, std::stop_token stop) = 0;
    virtual Result<> rollback(const ReleaseRef& release, int revision, std::stop_token stop) = 0;
};

}  // namespace souk::app
