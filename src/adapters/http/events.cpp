#include "adapters/http/parameters.hpp"
#include "adapters/http/routes.hpp"
#include "adapters/http/wire.hpp"
#include "app/events/list_events.hpp"
#include "app/stores/find_store.hpp"
#include "runtime/crypto/hash.hpp"
#include "runtime/http/etag.hpp"

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
    if (!delivery.changed.empty()) {
        // Without an id, so that it moves nobody's place.
        out += "event: objects\ndata: " + boost::json::serialize(object_hint(delivery.changed)) + "\n\n";
    }
    return out;
}

std::vector<std::string> read_types(Parameters& parameters) {
    auto types = parameters.texts("type");
    if (types.size() > kMaxEventTypes) {
        parameters.note("type", "too_many", "may be given at most 20 times");
    }
    return types;
}

/// The store of the path, or the one that the query names; empty: all.
Result<std::string> store_of(const Context& context, const app::Caller& caller, std::string from_path,
                             const std::string& from_query) {
    if (from_query.empty()) {
        return from_path;
    }
    const auto store = app::find_store(context.parts.database, caller, from_query);
    if (!store) {
        return forward(store);
    }
    return store->id.str();
}

/// What a page token of this list is signed with. No part can hold a line break: the query was decoded
/// without.
std::string list_name(const app::EventQuery& query, const app::Caller& caller) {
    std::string out =
        "events\n" + caller.team + "\n" + query.filter.store + "\n" + (query.ascending ? "asc" : "desc");
    for (const auto& time : {query.filter.since, query.filter.until}) {
        out += "\n" + (time ? std::to_string(to_micros(*time)) : std::string());
    }
    for (const std::string& type : query.filter.types) {
        out += "\n" + type;
    }
    return out;
}

Result<runtime::Response> pages(const Context& context, const runtime::Request& request,
                                const app::Caller& caller, std::string store) {
    Parameters parameters(request);
    app::EventQuery query;
    const std::string wanted = store.empty() ? parameters.text("store") : "";
    query.filter.types = read_types(parameters);
    query.filter.since = parameters.time("since");
    query.filter.until = parameters.time("until");
    const std::string order = parameters.text("order");
    if (!order.empty() && order != "asc" && order != "desc") {
        parameters.note("order", "unknown", "must be asc or desc");
    }
    query.ascending = order == "asc";
    query.limit = parameters.page_size();
    const std::string token = parameters.text("page_token");
    if (auto valid = parameters.done(); !valid) {
        return forward(valid);
    }
    auto only = store_of(context, caller, std::move(store), wanted);
    if (!only) {
        return forward(only);
    }
    query.filter.store = std::move(*only);
    const std::string name = list_name(query, caller);
    const auto cursor = context.page_tokens.read(token, name);
    if (!cursor) {
        return forward(cursor);
    }
    query.last = parse_number(cursor->key).value_or(0);
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
    auto response = json_response(200, {{"events", std::move(events)}, {"next_page_token", next}});
    const std::string etag = runtime::make_etag(runtime::sha256_hex(response.body).substr(0, 32));
    if (runtime::if_none_match_holds(request.headers.value("If-None-Match"), etag)) {
        response = runtime::Response::empty(304);
    }
    return std::move(response).with_header("ETag", etag).with_header("Vary", "Accept");
}

struct StreamWish {
    std::int64_t after = 0;
    app::EventHub::Interest interest;
};

/// Where the stream begins (Last-Event-ID, `after`, or now) and what it is about.
Result<StreamWish> read_stream_wish(const Context& context, const runtime::Request& request,
                                    const app::Caller& caller, std::string store) {
    Parameters parameters(request);
    const std::string wanted = store.empty() ? parameters.text("store") : "";
    StreamWish wish{0, {caller.team, {}, read_types(parameters)}};
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
    auto only = store_of(context, caller, std::move(store), wanted);
    if (!only) {
        return forward(only);
    }
    wish.interest.store = std::move(*only);
    const auto begin =
        after ? Result<std::int64_t>(*after) : app::ListEvents(context.parts.database).newest();
    if (!begin) {
        return forward(begin);
    }
    wish.after = *begin;
    return wish;
}

Result<runtime::Response> stream(const Context& context, const runtime::Request& request,
                                 const app::Caller& caller, std::string store) {
    auto wish = read_stream_wish(context, request, caller, std::move(store));
    if (!wish) {
        return forward(wish);
    }
    app::EventHub& hub = context.parts.events;
    app::Signals& signals = context.parts.signals;
    return runtime::Response::event_stream([&hub, &signals, after = wish->after,
                                            interest = std::move(wish->interest)](
                                               const runtime::EventStreamPtr& out) {
               const auto id = hub.subscribe(
                   interest, after,
                   [out](const app::EventHub::Delivery& delivery) { return out->send(sse_text(delivery)); },
                   [out, after] { out->send("retry: 2000\nid: " + std::to_string(after) + "\n\n"); });
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
