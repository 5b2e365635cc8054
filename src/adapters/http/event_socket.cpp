#include "adapters/http/fields.hpp"
#include "adapters/http/parameters.hpp"
#include "adapters/http/pending_sockets.hpp"
#include "adapters/http/problem.hpp"
#include "adapters/http/routes.hpp"
#include "adapters/http/session_guard.hpp"
#include "adapters/http/wire.hpp"
#include "app/access/authenticate.hpp"
#include "app/events/list_events.hpp"
#include "app/stores/find_store.hpp"
#include "core/common/split.hpp"

#include <boost/json/serialize.hpp>

#include <optional>
#include <utility>
#include <vector>

// /api/v1/events/ws (api/events.md)

namespace souk::http {
namespace {

namespace json = boost::json;
using runtime::CloseCode;
using runtime::WebSocketPtr;

struct Wish {
    std::optional<std::int64_t> after;
    std::string store;               // id, slug or name; empty: all
    std::vector<std::string> types;  // empty: all
};

/// Sends what the hub delivers; false when the client is gone.
bool deliver(const WebSocketPtr& socket, const app::EventHub::Delivery& delivery) {
    if (delivery.resync &&
        !socket->send(json::serialize(json::object{{"type", "resync"}, {"number", delivery.number}}))) {
        return false;
    }
    for (const Event& event : delivery.events) {
        if (!socket->send(json::serialize(json::object{{"type", "event"}, {"event", to_json(event)}}))) {
            return false;
        }
    }
    if (!delivery.changed.empty()) {
        json::object hint = object_hint(delivery.changed);
        hint["type"] = "objects";
        return socket->send(json::serialize(hint));
    }
    return !socket->closed();
}

/// The caller's wish with the number to start from and the store's id.
Result<Wish> resolve(const ApiParts& parts, Wish wish, const app::Caller& caller) {
    if (!wish.store.empty()) {
        const auto store = app::find_store(parts.database, caller, wish.store);
        if (!store) {
            return forward(store);
        }
        wish.store = store->id.str();
    }
    if (!wish.after) {
        const auto newest = app::ListEvents(parts.database).newest();
        if (!newest) {
            return forward(newest);
        }
        wish.after = *newest;
    }
    return wish;
}

/// To any message of a client that is in: a script cannot see the protocol's pings, and a silent line may be
/// a dead one.
void answer_alive(const WebSocketPtr& socket) {
    socket->send(json::serialize(json::object{{"type", "alive"}}));
}

void begin(const ApiParts& parts, const WebSocketPtr& socket, const app::Caller& caller, const Wish& wish) {
    const std::int64_t after = wish.after.value_or(0);
    app::EventHub& hub = parts.events;
    const auto id = hub.subscribe(
        {caller.team, wish.store, wish.types}, after,
        [socket](const app::EventHub::Delivery& delivery) { return deliver(socket, delivery); },
        [socket, after] {
            socket->send(json::serialize(json::object{{"type", "ready"}, {"number", after}}));
        });
    socket->on_close([&hub, id] { hub.unsubscribe(id); });
    parts.signals.events_appended();
}

/// The first message of a client that cannot send headers.
Result<> welcome(const ApiParts& parts, const WebSocketPtr& socket, const std::string& text) {
    auto fields = Fields::parse(text);
    if (!fields) {
        return forward(fields);
    }
    const std::string token = fields->text("token");
    Wish asked{fields->maybe_integer("after"), fields->maybe_text("store").value_or(std::string()),
               split(fields->maybe_text("type").value_or(std::string()), ',')};
    if (asked.types.size() > kMaxEventTypes) {
        fields->note("/type", "too_many", "may name at most 20 types");
    }
    if (auto valid = fields->done(); !valid) {
        return forward(valid);
    }
    if (asked.after && *asked.after < 0) {
        return fail(ErrorCode::InvalidInput, "after must not be negative");
    }
    const auto caller = app::Authenticate(parts.database, parts.crypto)(token);
    if (!caller) {
        return forward(caller);
    }
    const auto wish = resolve(parts, std::move(asked), *caller);
    if (!wish) {
        return forward(wish);
    }
    begin(parts, socket, *caller, *wish);
    return {};
}

void refuse(const WebSocketPtr& socket, const Error& error) {
    const bool later = error.code == ErrorCode::Unavailable || error.code == ErrorCode::Timeout;
    socket->close(later ? CloseCode::TryAgainLater : CloseCode::PolicyViolation, problem_of(error).code);
}

/// Accepts without knowing who asks; the first message has to say it.
Result<runtime::Response> accept_stranger(const ContextPtr& context,
                                          const std::shared_ptr<PendingSockets>& pending) {
    if (!pending->has_room()) {
        return fail(ErrorCode::Unavailable, "too many connections wait for their first message",
                    "Overloaded");
    }
    return runtime::Response::websocket([context, pending](const WebSocketPtr& socket) {
        const auto ticket = pending->add(socket);
        // The socket drops this callback when it ends, and with it the pointer to itself.
        socket->on_message([context, pending, socket, ticket](const std::string& text) {
            switch (pending->take(ticket)) {
                case PendingSockets::Turn::Known:
                    answer_alive(socket);
                    return;
                case PendingSockets::Turn::TooLate:
                    socket->close(CloseCode::PolicyViolation, "too_late");
                    return;
                case PendingSockets::Turn::First:
                    break;
            }
            if (const auto welcomed = welcome(context->parts, socket, text); !welcomed) {
                refuse(socket, welcomed.error());
            }
        });
    });
}

Result<runtime::Response> accept_known(const ContextPtr& context, const app::Caller& caller, Wish asked) {
    const auto wish = resolve(context->parts, std::move(asked), caller);
    if (!wish) {
        return forward(wish);
    }
    return runtime::Response::websocket([context, caller, wish = *wish](const WebSocketPtr& socket) {
        socket->on_message([socket](const std::string&) { answer_alive(socket); });
        begin(context->parts, socket, caller, wish);
    });
}

Result<runtime::Response> open(const ContextPtr& context, const std::shared_ptr<PendingSockets>& pending,
                               const runtime::Request& request) {
    const bool upgrade = runtime::is_websocket_upgrade(request);
    std::optional<app::Caller> caller;
    const bool by_session = !request.headers.contains("Authorization") && context->cookie.is_in(request);
    if (request.headers.contains("Authorization") || by_session || !upgrade) {
        auto known = authenticate(*context, request);
        if (!known) {
            return forward(known);
        }
        caller = std::move(*known);
    }
    if (!upgrade) {
        return to_response({426, "upgrade_required", "this path speaks WebSocket only", {}, {}}, &request);
    }
    // A browser sends the cookie along whatever page asks, so with it only a page of ours may.
    if (by_session ? !context->site.is_own(request)
                   : !context->origins.may_open_socket(request, context->site)) {
        return fail(ErrorCode::Forbidden, "this site may not open a WebSocket here", "OriginRefused");
    }
    Parameters parameters(request);
    Wish wish;
    if (caller) {
        wish.after = parameters.number("after", 0);
        wish.store = parameters.text("store");
        wish.types = parameters.texts("type");
        if (wish.types.size() > kMaxEventTypes) {
            parameters.note("type", "too_many", "may be given at most 20 times");
        }
    }
    if (auto valid = parameters.done(); !valid) {
        return forward(valid);
    }
    if (!caller) {
        return accept_stranger(context, pending);
    }
    auto response = accept_known(context, *caller, std::move(wish));
    if (response) {
        tie_to_session(*context, request, *caller, *response);
    }
    return response;
}

}  // namespace

void add_event_socket_routes(Routes& routes) {
    const auto pending = std::make_shared<PendingSockets>();
    routes.add_open("GET", "/api/v1/events/ws",
                    [context = routes.context(), pending](const runtime::Request& request) {
                        return open(context, pending, request);
                    });
}

}  // namespace souk::http
