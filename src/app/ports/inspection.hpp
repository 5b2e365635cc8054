#pragma once

#include "core/common/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace souk::app {

// What people see of a store's objects and of what they use.

enum class ResourceHealth { Healthy, Progressing, Degraded, Missing, Unknown, Suspended };

constexpr std::string_view to_string(ResourceHealth health) {
    switch (health) {
        case ResourceHealth::Healthy:
            return "healthy";
        case ResourceHealth::Progressing:
            return "progressing";
        case ResourceHealth::Degraded:
            return "degraded";
        case ResourceHealth::Missing:
            return "missing";
        case ResourceHealth::Unknown:
            return "unknown";
        case ResourceHealth::Suspended:
            return "suspended";
    }
    return "";
}

struct ResourceInfo {
    std::string kind;
    std::string name;
    std::string parent{};  // "Kind/name" of another one in the list; empty: a root
    std::string component{};
    ResourceHealth health = ResourceHealth::Healthy;
    std::string reason{};   // empty when healthy
    std::string message{};  // one sentence for a person
    Timestamp created{};
};

struct ResourceEvent {
    std::string type;
    std::string reason;
    std::string message;
    std::int64_t count = 1;
    Timestamp first{};
    Timestamp last{};
};

struct ResourceDetail {
    std::string object_json;              // an object; of a Secret only the names of its keys
    std::vector<ResourceEvent> events{};  // newest first
};

struct PodUsage {
    std::string pod;
    std::int64_t cpu_millicores = 0;
    std::int64_t memory_bytes = 0;
};

struct StoreUsage {
    Timestamp time{};
    std::vector<PodUsage> pods{};
    std::int64_t storage_bytes = 0;  // as claimed
};

}  // namespace souk::app
