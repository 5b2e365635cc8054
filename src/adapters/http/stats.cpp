#include "adapters/http/parameters.hpp"
#include "adapters/http/routes.hpp"
#include "adapters/http/wire.hpp"
#include "app/stats/read_stats.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

// /api/v1/stats

namespace souk::http {
namespace {

namespace json = boost::json;

constexpr std::int64_t kMostDays = 30;

json::object phases_json(const std::map<std::string, std::int64_t>& counts) {
    json::object out;
    for (const auto& [phase, count] : counts) {
        out[phase] = count;
    }
    return out;
}

void add_stores(const app::Stats& stats, json::object& out) {
    std::map<std::string, std::int64_t> all;
    std::map<std::string, std::map<std::string, std::int64_t>> by_engine;
    for (const app::StatsTable::StoreCount& stores : stats.stores) {
        const std::string phase(to_string(stores.phase));
        all[phase] += stores.count;
        by_engine[stores.engine][phase] += stores.count;
    }
    json::array engines;
    for (const auto& [engine, phases] : by_engine) {
        std::int64_t count = 0;
        for (const auto& [phase, stores] : phases) {
            count += stores;
        }
        engines.push_back(
            json::object{{"engine", engine}, {"stores", count}, {"phases", phases_json(phases)}});
    }
    out["phases"] = phases_json(all);
    out["engines"] = std::move(engines);
}

void add_creations(const app::Stats& stats, json::object& out) {
    json::array creations;
    for (const auto& [engine, times] : stats.creations) {
        json::array steps;
        for (const app::StepTime& step : times.steps) {
            steps.push_back(
                json::object{{"step", to_string(step.step)}, {"median_seconds", step.median_seconds}});
        }
        creations.push_back(json::object{{"engine", engine},
                                         {"count", times.count},
                                         {"median_seconds", times.median_seconds},
                                         {"p95_seconds", times.p95_seconds},
                                         {"steps", std::move(steps)}});
    }
    json::array history;
    for (const app::StatsTable::Creation& one : stats.history) {
        history.push_back(json::object{{"store_id", one.store.str()},
                                       {"engine", one.engine},
                                       {"ready_at", to_rfc3339(one.ready)},
                                       {"seconds", std::chrono::duration<double>(one.took).count()}});
    }
    out["creations"] = std::move(creations);
    out["history"] = std::move(history);
}

std::int64_t jobs_in(const app::Stats& stats, JobState state) {
    const auto found = stats.jobs.find(state);
    return found == stats.jobs.end() ? 0 : found->second;
}

json::object stats_json(const app::Stats& stats, int workers) {
    json::object out;
    add_stores(stats, out);
    add_creations(stats, out);
    json::array failures;
    for (const app::StatsTable::FailureCount& failure : stats.failures) {
        failures.push_back(
            json::object{{"engine", failure.engine}, {"reason", failure.reason}, {"count", failure.count}});
    }
    out["failures"] = std::move(failures);
    const std::int64_t running = jobs_in(stats, JobState::Running);
    out["queue"] =
        json::object{{"ready", jobs_in(stats, JobState::Ready)},
                     {"running", running},
                     {"snoozed", jobs_in(stats, JobState::Snoozed)},
                     {"stalled", jobs_in(stats, JobState::Stalled)},
                     {"oldest_ready_seconds", std::chrono::duration<double>(stats.oldest_ready).count()}};
    // A job whose worker died stays running until its lease ends.
    out["workers"] = json::object{{"total", workers}, {"busy", std::min<std::int64_t>(running, workers)}};
    out["capacity"] = json::object{{"requests_cpu_millicores", stats.promised.requests_cpu_millicores},
                                   {"requests_memory_bytes", stats.promised.requests_memory_bytes},
                                   {"storage_bytes", stats.promised.storage_bytes},
                                   {"used_cpu_millicores", nullptr},
                                   {"used_memory_bytes", nullptr},
                                   {"pods", nullptr}};
    if (stats.used) {
        json::object& capacity = out["capacity"].get_object();
        capacity["used_cpu_millicores"] = stats.used->cpu_millicores;
        capacity["used_memory_bytes"] = stats.used->memory_bytes;
        capacity["pods"] = stats.used->pods;
    }
    return out;
}

}  // namespace

void add_stats_routes(Routes& routes) {
    const ContextPtr context = routes.context();
    const auto read = std::make_shared<app::ReadStats>(context->parts.database, context->parts.plans);
    routes.add("GET", "/api/v1/stats",
               [context, read](const runtime::Request& request,
                               const app::Caller& caller) -> Result<runtime::Response> {
                   Parameters parameters(request);
                   const auto days = parameters.number("days", 1).value_or(kMostDays);
                   if (days > kMostDays) {
                       parameters.note("days", "invalid", "must be at most 30");
                   }
                   if (auto valid = parameters.done(); !valid) {
                       return forward(valid);
                   }
                   const auto stats = (*read)(static_cast<int>(days), caller);
                   if (!stats) {
                       return forward(stats);
                   }
                   return json_response(200, stats_json(**stats, context->parts.settings.job_workers));
               });
}

}  // namespace souk::http
