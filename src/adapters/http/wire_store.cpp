#include "adapters/http/api.hpp"
#include "adapters/http/wire.hpp"
#include "runtime/http/etag.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace souk::http {
namespace {

namespace json = boost::json;

json::object urls_json(const std::string& base, const EnginePack* pack) {
    json::object urls;
    for (const char* name : {"storefront", "admin", "api"}) {
        urls[name] = nullptr;
        if (pack != nullptr) {
            const auto path = pack->engine.urls.find(name);
            if (path != pack->engine.urls.end()) {
                urls[name] = base + path->second;
            }
        } else if (std::string_view(name) == "storefront") {
            urls[name] = base + "/";  // the engine is no longer offered, but the store stands
        }
    }
    return urls;
}

json::value failure_json(const std::optional<Failure>& failure) {
    if (!failure) {
        return nullptr;
    }
    return json::object{{"reason", failure->reason}, {"message", failure->message}};
}

}  // namespace

json::value or_null(const std::optional<Timestamp>& time) {
    return time ? json::value(to_rfc3339(*time)) : json::value(nullptr);
}

json::value or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object progress_json(const std::vector<StepRecord>& steps) {
    json::array list;
    json::value current = nullptr;
    for (const StepRecord& step : steps) {
        if (step.state == StepState::Running || step.state == StepState::Failed) {
            current = to_string(step.step);
        }
        list.push_back(json::object{{"name", to_string(step.step)},
                                    {"state", to_string(step.state)},
                                    {"started", or_null(step.started)},
                                    {"ended", or_null(step.ended)},
                                    {"message", step.message}});
    }
    return {{"percent", percent_done(steps)}, {"step", current}, {"steps", std::move(list)}};
}

json::object to_json(const ApiParts& parts, const app::StoreView& view) {
    const Store& store = view.store;
    json::array hosts(store.hosts.begin(), store.hosts.end());
    json::array conditions;
    for (const Condition& condition : store.conditions) {
        conditions.push_back(json::object{{"type", condition.type},
                                          {"status", condition.status},
                                          {"reason", condition.reason},
                                          {"message", condition.message},
                                          {"changed", to_rfc3339(condition.changed)}});
    }
    return {{"id", store.id.str()},
            {"name", store.name.str()},
            {"slug", store.slug.str()},
            {"team", store.team},
            {"cluster", store.cluster},
            {"engine", store.engine},
            {"engine_version", store.engine_version},
            {"plan", store.plan},
            {"hosts", std::move(hosts)},
            {"namespace", store.ns.str()},
            {"phase", to_string(store.phase)},
            {"conditions", std::move(conditions)},
            {"progress", progress_json(store.steps)},
            {"urls", urls_json(app::address_of(store, parts.cluster_settings).url,
                               parts.engines.find(store.engine).get())},
            {"failure", failure_json(store.failure)},
            {"operation", view.operation ? json::value(view.operation->str()) : json::value(nullptr)},
            {"generation", store.generation},
            {"version", store.version},
            {"created", to_rfc3339(store.created)},
            {"updated", to_rfc3339(store.updated)},
            {"ready_at", or_null(store.first_ready)},
            {"deleted_at", or_null(store.deleted)}};
}

json::object to_json(const ApiParts& parts, const app::Validation& validation) {
    json::array makes;
    for (const app::Makes& one : validation.makes) {
        makes.push_back(json::object{{"kind", one.kind}, {"name", one.name}, {"purpose", one.purpose}});
    }
    const Engine& engine = validation.pack->engine;
    return {{"valid", true},
            {"name", validation.name.str()},
            {"slug", validation.slug.str()},
            {"hosts", json::array{json::value(validation.host)}},
            {"urls", urls_json(app::url_of(validation.host, parts.cluster_settings), validation.pack.get())},
            {"engine", engine.name},
            {"engine_version", engine.version},
            {"plan", to_json(validation.plan)},
            {"makes", std::move(makes)},
            {"waits", validation.waits}};
}

json::object to_json(const Operation& operation) {
    return {{"id", operation.id.str()},
            {"kind", to_string(operation.kind)},
            {"store_id", operation.store_id.str()},
            {"store_name", operation.store_name},
            {"resource", path_of(operation.store_id)},
            {"state", to_string(operation.state)},
            {"done", operation.state != OperationState::Running},
            {"progress", progress_json(operation.steps)},
            {"error", failure_json(operation.error)},
            {"requested_by", operation.requested_by},
            {"created", to_rfc3339(operation.created)},
            {"updated", to_rfc3339(operation.updated)},
            {"ended", or_null(operation.ended)}};
}

std::string etag_of(const Store& store) {
    return runtime::make_etag(std::to_string(store.generation) + "." + std::to_string(store.version));
}

std::string path_of(const StoreId& id) { return "/api/v1/stores/" + id.str(); }
std::string path_of(const OperationId& id) { return "/api/v1/operations/" + id.str(); }

app::RenderAccepted render_accepted(const ApiParts& parts) {
    return [&parts](const Store& store, const Operation& operation) {
        const json::object body{{"store", to_json(parts, {store, operation.id})},
                                {"operation", to_json(operation)}};
        return app::StoredAnswer{{}, 202, json::serialize(body), path_of(operation.id), etag_of(store)};
    };
}

runtime::Response to_response(const app::Accepted& accepted) {
    auto response = runtime::Response::json(accepted.answer.status, accepted.answer.body);
    response.headers.set("Location", accepted.answer.location);
    response.headers.set("ETag", accepted.answer.etag);
    return response;
}

runtime::Response json_response(int status, const json::object& body) {
    return runtime::Response::json(status, json::serialize(body));
}

runtime::Response store_response(const ApiParts& parts, const app::StoreView& view) {
    return json_response(200, to_json(parts, view)).with_header("ETag", etag_of(view.store));
}

}  // namespace souk::http
