#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace souk {

/// A size of a store: the numbers of its ResourceQuota and LimitRange, in Kubernetes quantities.
struct Plan {
    std::string name;
    std::string title;
    std::string requests_cpu;
    std::string requests_memory;
    std::string limits_cpu;
    std::string limits_memory;
    int pods = 0;
    int volume_claims = 0;
    std::string storage;
    int services = 0;
    std::string default_request_cpu = "100m";
    std::string default_request_memory = "128Mi";
    std::string default_limit_cpu = "500m";
    std::string default_limit_memory = "512Mi";
    std::string container_max_cpu;
    std::string container_max_memory;
    int secrets = 60;
    int config_maps = 40;
    int jobs = 20;
    std::string ephemeral_storage = "10Gi";

    friend bool operator==(const Plan&, const Plan&) = default;
};

/// The quota of a plan as numbers; what is no quantity counts as 0.
struct PlanAmounts {
    std::int64_t requests_cpu_millicores = 0;
    std::int64_t limits_cpu_millicores = 0;
    std::int64_t requests_memory_bytes = 0;
    std::int64_t limits_memory_bytes = 0;
    std::int64_t storage_bytes = 0;
    int pods = 0;
};
PlanAmounts amounts_of(const Plan& plan);

/// starter, standard, large: docs/reference/plans.md.
std::vector<Plan> default_plans();

}  // namespace souk
