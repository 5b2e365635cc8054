#include "client/models.hpp"

#include "client/json_reader.hpp"

#include <boost/json/object.hpp>

#include <utility>

namespace souk::client {
namespace {

namespace json = boost::json;

Document keep(const json::object& object) { return std::make_shared<const json::object>(object); }

tl::unexpected<Error> incomplete(std::string_view what) {
    return fail(ErrorCode::Internal,
                "the server's answer is not " + std::string(what) + "; is it a soukd of another version?");
}

Progress read_progress(const json::object& parent) {
    Progress progress;
    const auto* object = object_of(parent, "progress");
    if (object == nullptr) {
        return progress;
    }
    progress.percent = static_cast<int>(number_of(*object, "percent"));
    for_each_object(*object, "steps", [&](const json::object& step) {
        progress.steps.push_back({text_of(step, "name"), text_of(step, "state"), time_of(step, "started"),
                                  time_of(step, "ended"), text_of(step, "message")});
    });
    return progress;
}

std::optional<Failure> read_failure(const json::object& parent, std::string_view name) {
    const auto* object = object_of(parent, name);
    return object == nullptr
               ? std::nullopt
               : std::optional(Failure{text_of(*object, "reason"), text_of(*object, "message")});
}

}  // namespace

Result<Store> read_store(const json::object& object) {
    Store store;
    store.id = text_of(object, "id");
    store.name = text_of(object, "name");
    store.slug = text_of(object, "slug");
    store.engine = text_of(object, "engine");
    store.engine_version = text_of(object, "engine_version");
    store.plan = text_of(object, "plan");
    store.phase = text_of(object, "phase");
    if (store.id.empty() || store.name.empty() || store.phase.empty()) {
        return incomplete("a store");
    }
    for_each_object(object, "conditions", [&](const json::object& item) {
        store.conditions.push_back({text_of(item, "type"), flag_of(item, "status"), text_of(item, "reason"),
                                    text_of(item, "message")});
    });
    store.progress = read_progress(object);
    if (const auto* urls = object_of(object, "urls")) {
        store.storefront = text_of(*urls, "storefront");
        store.admin = text_of(*urls, "admin");
    }
    store.failure = read_failure(object, "failure");
    store.operation = text_of(object, "operation");
    store.created = time_of(object, "created");
    store.updated = time_of(object, "updated");
    store.ready_at = time_of(object, "ready_at");
    store.document = keep(object);
    return store;
}

Result<Operation> read_operation(const json::object& object) {
    Operation operation;
    operation.id = text_of(object, "id");
    operation.kind = text_of(object, "kind");
    operation.store_id = text_of(object, "store_id");
    operation.store_name = text_of(object, "store_name");
    operation.state = text_of(object, "state");
    if (operation.id.empty() || operation.state.empty()) {
        return incomplete("an operation");
    }
    operation.done = flag_of(object, "done");
    operation.progress = read_progress(object);
    operation.error = read_failure(object, "error");
    operation.requested_by = text_of(object, "requested_by");
    operation.created = time_of(object, "created");
    operation.ended = time_of(object, "ended");
    operation.document = keep(object);
    return operation;
}

Result<Validation> read_validation(const json::object& object) {
    Validation validation;
    validation.name = text_of(object, "name");
    validation.slug = text_of(object, "slug");
    if (validation.slug.empty()) {
        return incomplete("a validation");
    }
    validation.engine = text_of(object, "engine");
    validation.engine_version = text_of(object, "engine_version");
    if (const auto* urls = object_of(object, "urls")) {
        validation.storefront = text_of(*urls, "storefront");
    }
    if (const auto* plan = object_of(object, "plan")) {
        validation.plan = text_of(*plan, "name");
    }
    for_each_object(object, "makes", [&](const json::object& one) {
        validation.makes.push_back({text_of(one, "kind"), text_of(one, "name"), text_of(one, "purpose")});
    });
    validation.waits = flag_of(object, "waits");
    validation.document = keep(object);
    return validation;
}

Result<Resources> read_resources(const json::object& object) {
    Resources resources;
    for_each_object(object, "resources", [&](const json::object& one) {
        resources.items.push_back({text_of(one, "kind"), text_of(one, "name"), text_of(one, "parent"),
                                   text_of(one, "health"), text_of(one, "reason"), text_of(one, "message"),
                                   time_of(one, "created")});
    });
    resources.document = keep(object);
    return resources;
}

Result<Usage> read_usage(const json::object& object) {
    Usage usage;
    const auto* quota = object_of(object, "quota");
    if (quota == nullptr) {
        return incomplete("a usage");
    }
    usage.limits_cpu_millicores = number_of(*quota, "limits_cpu_millicores");
    usage.limits_memory_bytes = number_of(*quota, "limits_memory_bytes");
    usage.storage_bytes = number_of(*quota, "storage_bytes");
    if (const auto* now = object_of(object, "now")) {
        usage.now = Usage::Now{};
        usage.now->cpu_millicores = number_of(*now, "cpu_millicores");
        usage.now->memory_bytes = number_of(*now, "memory_bytes");
        usage.now->storage_bytes = number_of(*now, "storage_bytes");
        for_each_object(*now, "pods", [&](const json::object& pod) {
            usage.now->pods.push_back(
                {text_of(pod, "pod"), number_of(pod, "cpu_millicores"), number_of(pod, "memory_bytes")});
        });
    }
    usage.document = keep(object);
    return usage;
}

Result<Event> read_event(const json::object& object) {
    Event event;
    event.number = number_of(object, "number");
    event.store_id = text_of(object, "store_id");
    event.store_name = text_of(object, "store_name");
    event.type = text_of(object, "type");
    if (event.number <= 0 || event.type.empty()) {
        return incomplete("an event");
    }
    event.phase = text_of(object, "phase");
    event.step = text_of(object, "step");
    event.condition = text_of(object, "condition");
    event.state = text_of(object, "state");
    event.reason = text_of(object, "reason");
    event.message = text_of(object, "message");
    event.percent = static_cast<int>(number_of(object, "percent"));
    event.operation = text_of(object, "operation");
    event.time = time_of(object, "time");
    event.document = keep(object);
    return event;
}

Result<Event> parse_event(const std::string& text) {
    const auto object = parse_object(text);
    return object ? read_event(*object) : Result<Event>(forward(object));
}

Result<Receipt> read_receipt(const json::object& object) {
    Receipt receipt;
    receipt.store_id = text_of(object, "store_id");
    receipt.store_name = text_of(object, "store_name");
    if (receipt.store_id.empty()) {
        return incomplete("a receipt");
    }
    receipt.requested_by = text_of(object, "requested_by");
    receipt.requested = time_of(object, "requested");
    receipt.completed = time_of(object, "completed");
    for_each_object(object, "lines", [&](const json::object& line) {
        receipt.lines.push_back({text_of(line, "kind"), text_of(line, "name"), text_of(line, "namespace"),
                                 time_of(line, "gone")});
    });
    receipt.document = keep(object);
    return receipt;
}

Result<Engine> read_engine(const json::object& object) {
    Engine engine;
    engine.name = text_of(object, "name");
    if (engine.name.empty()) {
        return incomplete("an engine");
    }
    engine.title = text_of(object, "title");
    engine.version = text_of(object, "version");
    engine.description = text_of(object, "description");
    if (const auto* plans = object.if_contains("plans"); plans != nullptr && plans->is_array()) {
        for (const auto& plan : plans->get_array()) {
            if (plan.is_string()) {
                engine.plans.emplace_back(plan.get_string());
            }
        }
    }
    engine.document = keep(object);
    return engine;
}

Result<Plan> read_plan(const json::object& object) {
    Plan plan;
    plan.name = text_of(object, "name");
    if (plan.name.empty()) {
        return incomplete("a plan");
    }
    plan.title = text_of(object, "title");
    plan.limits_cpu = text_of(object, "limits_cpu");
    plan.limits_memory = text_of(object, "limits_memory");
    plan.storage = text_of(object, "storage");
    plan.pods = static_cast<int>(number_of(object, "pods"));
    plan.document = keep(object);
    return plan;
}

Result<Health> read_health(const json::object& object) {
    Health health;
    health.status = text_of(object, "status");
    if (health.status.empty()) {
        return incomplete("about health");
    }
    health.version = text_of(object, "version");
    if (const auto* checks = object_of(object, "checks")) {
        for (const auto& [name, value] : *checks) {
            if (const auto* check = value.if_object()) {
                health.checks.push_back(
                    {std::string(name), text_of(*check, "status"), text_of(*check, "message")});
            }
        }
    }
    health.document = keep(object);
    return health;
}

Result<Credentials> read_credentials(const json::object& object) {
    const auto username = maybe_text(object, "username");
    auto password = maybe_text(object, "password");
    if (!username || !password) {
        return incomplete("a login");
    }
    return Credentials{*username, Secret(std::move(*password))};
}

Result<SignInLink> read_sign_in_link(const json::object& object) {
    auto url = maybe_text(object, "url");
    auto expires = maybe_text(object, "expires");
    if (!url || !expires) {
        return incomplete("a link");
    }
    return SignInLink{std::move(*url), std::move(*expires)};
}

Result<Accepted> read_accepted(const json::object& object) {
    const auto* store = object_of(object, "store");
    const auto* operation = object_of(object, "operation");
    if (store == nullptr || operation == nullptr) {
        return incomplete("a store with an operation");
    }
    auto read = read_store(*store);
    if (!read) {
        return forward(read);
    }
    auto started = read_operation(*operation);
    if (!started) {
        return forward(started);
    }
    return Accepted{std::move(*read), std::move(*started), keep(object)};
}

}  // namespace souk::client
