#include "core/plan/plan.hpp"

#include "core/common/quantity.hpp"

namespace souk {

PlanAmounts amounts_of(const Plan& plan) {
    return {.requests_cpu_millicores = parse_millicores(plan.requests_cpu).value_or(0),
            .limits_cpu_millicores = parse_millicores(plan.limits_cpu).value_or(0),
            .requests_memory_bytes = parse_bytes(plan.requests_memory).value_or(0),
            .limits_memory_bytes = parse_bytes(plan.limits_memory).value_or(0),
            .storage_bytes = parse_bytes(plan.storage).value_or(0),
            .pods = plan.pods};
}

std::vector<Plan> default_plans() {
    Plan starter{.name = "starter",
                 .title = "Starter",
                 .requests_cpu = "1",
                 .requests_memory = "2Gi",
                 .limits_cpu = "3",
                 .limits_memory = "4Gi",
                 .pods = 15,
                 .volume_claims = 4,
                 .storage = "10Gi",
                 .services = 10,
                 .container_max_cpu = "2",
                 .container_max_memory = "2Gi"};
    Plan standard{.name = "standard",
                  .title = "Standard",
                  .requests_cpu = "2",
                  .requests_memory = "4Gi",
                  .limits_cpu = "4",
                  .limits_memory = "8Gi",
                  .pods = 20,
                  .volume_claims = 5,
                  .storage = "20Gi",
                  .services = 10,
                  .container_max_cpu = "2",
                  .container_max_memory = "4Gi",
                  .ephemeral_storage = "20Gi"};
    Plan large{.name = "large",
               .title = "Large",
               .requests_cpu = "4",
               .requests_memory = "8Gi",
               .limits_cpu = "8",
               .limits_memory = "16Gi",
               .pods = 40,
               .volume_claims = 8,
               .storage = "100Gi",
               .services = 20,
               .container_max_cpu = "4",
               .container_max_memory = "8Gi",
               .ephemeral_storage = "40Gi"};
    return {starter, standard, large};
}

}  // namespace souk
