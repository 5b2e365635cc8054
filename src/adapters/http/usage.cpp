#include "adapters/http/parameters.hpp"
#include "adapters/http/routes.hpp"
#include "adapters/http/wire.hpp"
#include "app/stores/read_usage.hpp"

#include <boost/json/value.hpp>

#include <array>
#include <memory>
#include <utility>

// /api/v1/stores/{id}/usage

namespace souk::http {
namespace {

namespace json = boost::json;

struct Range {
    std::string_view name;
    std::chrono::hours hours;
};
constexpr std::array kRanges = {Range{"24h", std::chrono::hours(24)}, Range{"1h", std::chrono::hours(1)},
                                Range{"7d", std::chrono::hours(7 * 24)},
                                Range{"30d", std::chrono::hours(30 * 24)}};

/// The first one when none is given.
std::chrono::hours read_range(Parameters& parameters) {
    const std::string text = parameters.text("range");
    for (const Range& range : kRanges) {
        if (text.empty() || text == range.name) {
            return range.hours;
        }
    }
    parameters.note("range", "unknown", "must be 1h, 24h, 7d or 30d");
    return kRanges.front().hours;
}

json::value now_json(const std::optional<app::StoreUsage>& usage) {
    if (!usage) {
        return nullptr;
    }
    json::array pods;
    std::int64_t cpu = 0;
    std::int64_t memory = 0;
    for (const app::PodUsage& pod : usage->pods) {
        pods.push_back(json::object{
            {"pod", pod.pod}, {"cpu_millicores", pod.cpu_millicores}, {"memory_bytes", pod.memory_bytes}});
        cpu += pod.cpu_millicores;
        memory += pod.memory_bytes;
    }
    return json::object{{"time", to_rfc3339(usage->time)},
                        {"pods", std::move(pods)},
                        {"cpu_millicores", cpu},
                        {"memory_bytes", memory},
                        {"storage_bytes", usage->storage_bytes}};
}

json::object report_json(const app::UsageReport& report) {
    json::array samples;
    for (const UsageSample& sample : report.samples) {
        samples.push_back(json::object{{"time", to_rfc3339(sample.time)},
                                       {"cpu_millicores", sample.cpu_millicores},
                                       {"memory_bytes", sample.memory_bytes},
                                       {"storage_bytes", sample.storage_bytes}});
    }
    const PlanAmounts& quota = report.quota;
    return {{"now", now_json(*report.now)},
            {"quota", json::object{{"requests_cpu_millicores", quota.requests_cpu_millicores},
                                   {"limits_cpu_millicores", quota.limits_cpu_millicores},
                                   {"requests_memory_bytes", quota.requests_memory_bytes},
                                   {"limits_memory_bytes", quota.limits_memory_bytes},
                                   {"storage_bytes", quota.storage_bytes},
                                   {"pods", quota.pods}}},
            {"samples", std::move(samples)}};
}

}  // namespace

void add_usage_routes(Routes& routes) {
    const ApiParts& parts = routes.context()->parts;
    const auto read = std::make_shared<app::ReadUsage>(parts.database, parts.cluster, parts.plans);
    routes.add(
        "GET", "/api/v1/stores/{id}/usage",
        [read](const runtime::Request& request, const app::Caller& caller) -> Result<runtime::Response> {
            Parameters parameters(request);
            const auto range = read_range(parameters);
            if (auto valid = parameters.done(); !valid) {
                return forward(valid);
            }
            const auto report = (*read)(request.param("id"), range, caller, request.stop);
            if (!report) {
                return forward(report);
            }
            return json_response(200, report_json(*report));
        });
}

}  // namespace souk::http
