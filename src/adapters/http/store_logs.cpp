#include "adapters/http/parameters.hpp"
#include "adapters/http/problem.hpp"
#include "adapters/http/routes.hpp"
#include "adapters/http/wire.hpp"
#include "app/stores/find_store.hpp"
#include "app/stores/read_logs.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

// /api/v1/stores/{id}/logs

namespace souk::http {
namespace {

constexpr std::int64_t kMostLines = 10'000;
constexpr int kDefaultLines = 200;
constexpr std::chrono::seconds kPatience{30};  // with a client that does not read
constexpr const char* kText = "text/plain; charset=utf-8";

void append_lines(std::string& out, const app::PodLogs& log) {
    const std::string prefix = log.pod + "/" + log.container + " ";
    for (std::string_view rest = log.text; !rest.empty();) {
        const auto line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        out.append(prefix).append(line).append("\n");
    }
}

runtime::Response read_response(const runtime::Request& request, const app::StoreLogs& logs) {
    if (accepts(request, "application/json")) {
        boost::json::array list;
        for (const app::PodLogs& log : logs.logs) {
            list.push_back(
                boost::json::object{{"pod", log.pod}, {"container", log.container}, {"text", log.text}});
        }
        return json_response(200, {{"source", logs.kept ? "kept" : "live"}, {"logs", std::move(list)}})
            .with_header("Vary", "Accept");
    }
    std::string text;
    for (const app::PodLogs& log : logs.logs) {
        append_lines(text, log);
    }
    return runtime::Response::with_type(200, kText, std::move(text)).with_header("Vary", "Accept");
}

runtime::Response follow(const ContextPtr& context, const runtime::Request& request,
                         const app::StoreRef& store, const app::Cluster::LogQuery& query) {
    const auto place = context->followers.reserve();
    if (place == nullptr) {
        return to_response(
            {503, "too_many_followers", "too many logs are being followed; try again later", {}, {}},
            &request);
    }
    return runtime::Response::stream(
        kText, [context, place, store, query](const runtime::EventStreamPtr& stream) {
            std::stop_source stop;
            stream->on_close([stop]() mutable { stop.request_stop(); });
            // The raw reference: the followers belong to the context and end with it.
            app::Cluster& cluster = context->parts.cluster;
            context->followers.run(
                place, stop, [&cluster, stream, store, query](const std::stop_token& stopping) {
                    const auto send = [&stream](const std::string& pod, const std::string& container,
                                                const std::string& line) {
                        std::string text = pod;
                        text.append("/").append(container).append(" ").append(line).append("\n");
                        return stream->send_when_room(std::move(text), kPatience);
                    };
                    const auto followed = cluster.follow_logs(store, query, send, stopping);
                    if (!followed && !stopping.stop_requested()) {
                        stream->send("# " + problem_of(followed.error()).detail + "\n");
                    }
                    stream->close();
                });
        });
}

Result<runtime::Response> logs(const ContextPtr& context, const runtime::Request& request,
                               const app::Caller& caller) {
    Parameters parameters(request);
    app::Cluster::LogQuery query;
    query.pod = parameters.text("pod");
    query.container = parameters.text("container");
    query.previous = parameters.flag("previous");
    query.tail = static_cast<int>(std::min(parameters.number("tail", 1).value_or(kDefaultLines), kMostLines));
    const bool following = parameters.flag("follow");
    if (auto valid = parameters.done(); !valid) {
        return forward(valid);
    }
    const ApiParts& parts = context->parts;
    if (following) {
        const auto store = app::find_store(parts.database, caller, request.param("id"));
        if (!store) {
            return forward(store);
        }
        if (store->phase != Phase::Failed && store->phase != Phase::Deleted) {
            return follow(context, request, app::StoreRef::of(*store), query);
        }
    }
    const auto found =
        app::ReadLogs(parts.database, parts.cluster)(request.param("id"), query, caller, request.stop);
    if (!found) {
        return forward(found);
    }
    return read_response(request, *found);
}

}  // namespace

void add_log_routes(Routes& routes) {
    const ContextPtr context = routes.context();
    routes.add("GET", "/api/v1/stores/{id}/logs",
               [context](const runtime::Request& request, const app::Caller& caller) {
                   return logs(context, request, caller);
               });
}

}  // namespace souk::http
