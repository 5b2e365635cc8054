#pragma once

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

/// starter, standard, large: docs/reference/plans.md.
std::vector<Plan> default_plans();

}  // namespace souk
