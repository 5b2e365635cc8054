#include "adapters/http/parameters.hpp"
#include "adapters/http/routes.hpp"
#include "adapters/http/wire.hpp"
#include "app/events/list_events.hpp"
#include "app/stores/find_store.hpp"

#include <boost/json/serialize.hpp>

#include <utility>

// /api/v1/events and /api/v1/stores/{id}/events: pages and server-sent events (api/events.md)

namespace souk::http {
namespace {

constexpr std::string_view kEventStream = "text/event-stream";

std::string sse_text(const app::EventHub::Delivery& delivery) {
    std::string out;
    if (delivery.resync) {
        const std::string number = std::to_string(delivery.number);
        out += "id: " + number + "\nevent: resync\ndata: {\"number\":" + number + "}\n\n";
    }
    for (const Event& event : delivery.events) {
        // JSON escapes line breaks, so the data is one line.
        out += "id: " + std::to_string(event.number) + "\nevent: " + event.type +
               "\ndata: " + boost::json::serialize(to_json(event)) + "\n\n";
    }
    return out;
}

Result<runtime::Response> pages(const Context& context, const runtime::Request& request,
                                const app::Caller& caller, std::string store) {
    Parameters parameters(request);
    app::EventQuery query;
    query.store = std::move(store);
    query.type = parameters.text("type");
    query.limit = parameters.page_size();
    const std::string token = parameters.text("page_token");
    if (auto valid = parameters.done(); !valid) {
        return forward(valid);
    }
    const std::string name = "events\n" + caller.team + "\n" + query.store + "\n" + query.type;
    const auto cursor = context.page_tokens.read(token, name);
    if (!cursor) {
        return forward(cursor);
    }
    query.before = parse_number(cursor->key).value_or(0);
    const auto page = app::ListEvents(context.parts.database)(query, caller);
    if (!page) {
        return forward(page);
    }
    boost::json::array events;
    for (const Event& event : page->events) {
        events.push_back(to_json(event));
    }
    std::string next;
    if (page->more) {
        next = context.page_tokens.make({std::to_string(page->events.back().number), {}}, name);
    }
    return json_response(200, {{"events", std::move(events)}, {"next_page_token", next}})
        .with_header("Vary", "Accept");
}

/// Where the stream begins: Last-Event-ID, `after`, or now.
Result<std::int64_t> start_of(const Context& context, const runtime::Request& request) {
    Parameters parameters(request);
    auto after = parameters.number("after", 0);
    if (const auto last = request.headers.value("Last-Event-ID"); !last.empty()) {
        after = parse_number(last);
        if (!after) {
            parameters.note("Last-Event-ID", "invalid", "must be the number of an event");
        }
    }
    if (auto valid = parameters.done(); !valid) {
        return forward(valid);
    }
    if (after) {
        return *after;
    }
    return app::ListEvents(context.parts.database).newest();
}

Result<runtime::Response> stream(const Context& context, const runtime::Request& request,
                                 const app::Caller& caller, std::string store) {
    const auto after = start_of(context, request);
    if (!after) {
        return forward(after);
    }
    app::EventHub& hub = context.parts.events;
    app::Signals& signals = context.parts.signals;
    return runtime::Response::event_stream([&hub, &signals, after = *after,
                                            interest =
                                                app::EventHub::Interest{caller.team, std::move(store)}](
                                               const runtime::EventStreamPtr& out) {
               out->send("retry: 2000\nid: " + std::to_string(after) + "\n\n");
               const auto id = hub.subscribe(interest, after, [out](const app::EventHub::Delivery& delivery) {
                   return out->send(sse_text(delivery));
               });
               out->on_close([&hub, id] { hub.unsubscribe(id); });
               signals.events_appended();  // what was missed comes with the next pump, so ask for one
           })
        .with_header("Vary", "Accept");
}

Result<runtime::Response> answer(const Context& context, const runtime::Request& request,
                                 const app::Caller& caller, std::string store) {
    return accepts(request, kEventStream) ? stream(context, request, caller, std::move(store))
                                          : pages(context, request, caller, std::move(store));
}

}  // namespace

void add_event_routes(Routes& routes) {
    const ContextPtr context = routes.context();
    routes.add("GET", "/api/v1/events",
               [context](const runtime::Request& request, const app::Caller& caller) {
                   return answer(*context, request, caller, {});
               });
    routes.add(
        "GET", "/api/v1/stores/{id}/events",
        [context](const runtime::Request& request, const app::Caller& caller) -> Result<runtime::Response> {
            const auto store = app::find_store(context->parts.database, caller, request.param("id"));
            if (!store) {
                return forward(store);
            }
            return answer(*context, request, caller, store->id.str());
        });
}

}  // namespace souk::http
