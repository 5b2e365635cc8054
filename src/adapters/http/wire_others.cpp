#include "adapters/http/wire.hpp"

#include <boost/json/value.hpp>

#include <chrono>

namespace souk::http {
namespace {

namespace json = boost::json;

json::object texts_json(const std::map<std::string, std::string>& texts) {
    json::object out;
    for (const auto& [name, value] : texts) {
        out[name] = value;
    }
    return out;
}

json::array components_json(const Engine& engine) {
    json::array out;
    for (const auto& [name, plans] : engine.components) {
        json::object requests;
        for (const auto& [plan, amounts] : plans) {
            requests[plan] = json::object{{"cpu", amounts.cpu}, {"memory", amounts.memory}};
        }
        out.push_back(
            json::object{{"name", name}, {"role", role_of(engine, name)}, {"requests", std::move(requests)}});
    }
    return out;
}

json::object check_json(const app::HealthCheck& check) {
    json::value latency = nullptr;
    if (check.latency) {
        latency = static_cast<double>(check.latency->count()) / 1000.0;
    }
    return {{"status", check.problem.empty() ? "ok" : "failed"},
            {"latency_ms", latency},
            {"message", check.problem}};
}

}  // namespace

json::object to_json(const Event& event) {
    return {{"number", event.number},
            {"store_seq", event.store_seq},
            {"store_id", event.store_id.str()},
            {"store_name", event.store_name},
            {"type", event.type},
            {"phase", event.phase},
            {"step", or_null(event.step)},
            {"condition", or_null(event.condition)},
            {"state", or_null(event.state)},
            {"reason", or_null(event.reason)},
            {"message", event.message},
            {"percent", event.percent},
            {"store_version", event.store_version},
            {"operation", or_null(event.operation)},
            {"time", to_rfc3339(event.time)}};
}

json::object to_json(const app::PodInfo& pod) {
    return {{"name", pod.name},
            {"component", pod.component},
            {"phase", pod.phase},
            {"ready", pod.ready},
            {"restarts", pod.restarts},
            {"reason", pod.reason},
            {"message", pod.message},
            {"containers", json::array(pod.containers.begin(), pod.containers.end())},
            {"created", to_rfc3339(pod.created)}};
}

json::object to_json(const Receipt& receipt) {
    json::array lines;
    for (const ReceiptLine& line : receipt.lines) {
        lines.push_back(json::object{
            {"kind", line.kind}, {"name", line.name}, {"namespace", line.ns}, {"gone", or_null(line.gone)}});
    }
    return {{"store_id", receipt.store_id.str()},
            {"store_name", receipt.store_name},
            {"slug", receipt.slug},
            {"engine", receipt.engine},
            {"requested_by", receipt.requested_by},
            {"requested", to_rfc3339(receipt.requested)},
            {"completed", or_null(receipt.completed)},
            {"lines", std::move(lines)}};
}

json::object to_json(const Engine& engine) {
    json::array plans;
    for (const auto& [plan, resources] : engine.resources_json) {
        plans.emplace_back(plan);
    }
    json::array checks;
    for (const EngineCheck& check : engine.checks) {
        checks.push_back(
            json::object{{"name", check.name}, {"title", check.title}, {"always", check.always}});
    }
    return {{"name", engine.name},
            {"title", engine.title},
            {"description", engine.description},
            {"version", engine.version},
            {"upgrades_from", json::array(engine.upgrades_from.begin(), engine.upgrades_from.end())},
            {"plans", std::move(plans)},
            {"components", components_json(engine)},
            {"urls", texts_json(engine.urls)},
            {"hints", texts_json(engine.hints)},
            {"checks", std::move(checks)},
            {"provisioning_deadline_seconds", engine.provisioning_deadline.count()}};
}

json::object to_json(const Plan& plan) {
    return {{"name", plan.name},
            {"title", plan.title},
            {"requests_cpu", plan.requests_cpu},
            {"requests_memory", plan.requests_memory},
            {"limits_cpu", plan.limits_cpu},
            {"limits_memory", plan.limits_memory},
            {"pods", plan.pods},
            {"volume_claims", plan.volume_claims},
            {"storage", plan.storage},
            {"services", plan.services},
            {"container_max_cpu", plan.container_max_cpu},
            {"container_max_memory", plan.container_max_memory},
            {"ephemeral_storage", plan.ephemeral_storage}};
}

json::object to_json(const app::Health& health, std::string_view version) {
    const bool others = health.cluster.problem.empty() && health.queue.problem.empty();
    const char* status = !health.database.problem.empty() ? "down" : others ? "ok" : "degraded";
    json::object queue = check_json(health.queue);
    json::object jobs;
    for (const auto& [state, count] : health.jobs) {
        jobs[state] = count;
    }
    queue["jobs"] = std::move(jobs);
    queue["oldest_ready_seconds"] = std::chrono::duration<double>(health.oldest_ready).count();
    return {{"status", status},
            {"version", version},
            {"checks", json::object{{"database", check_json(health.database)},
                                    {"cluster", check_json(health.cluster)},
                                    {"queue", std::move(queue)}}}};
}

boost::json::object object_hint(const std::vector<StoreId>& stores) {
    json::array ids;
    for (const StoreId& store : stores) {
        ids.push_back(json::string(store.str()));
    }
    return {{"stores", std::move(ids)}};
}

boost::json::object to_json(const app::Session& session, bool current) {
    return {{"id", session.id.str()},
            {"user", session.user},
            {"team", session.team},
            {"role", session.role},
            {"address", session.address},
            {"agent", session.agent},
            {"created", to_rfc3339(session.created)},
            {"last_used", to_rfc3339(session.last_used)},
            {"expires", to_rfc3339(session.expires)},
            {"current", current}};
}

}  // namespace souk::http
