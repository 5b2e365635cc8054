#include "cli/operation_watch.hpp"

#include "client/event_feed.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace souk::cli {
namespace {

using std::chrono::steady_clock;

/// How often running times are drawn anew.
constexpr std::chrono::milliseconds kTick{250};
/// An event is never expected to be lost; looking by ourselves now and then keeps a person from waiting for
/// ever if one is.
constexpr std::chrono::seconds kLookAnyway{30};

/// Why nothing moves, if the store says so outside its steps.
std::string note_of(const client::Store& store) {
    for (const auto& condition : store.conditions) {
        const bool in_the_way = condition.type == "ClusterReachable" ? !condition.status : condition.status;
        const bool tells = condition.type == "Waiting" || condition.type == "Stalled" ||
                           condition.type == "NeedsAttention" || condition.type == "ClusterReachable";
        if (tells && in_the_way && !condition.message.empty()) {
            return condition.message;
        }
    }
    return {};
}

class Watch {
public:
    Watch(const Session& session, const client::ApiClient& api, client::Operation operation,
          ProgressView& view)
        : session_(session), api_(api), operation_(std::move(operation)), view_(view) {}

    client::ApiResult<client::Operation> run() {
        client::EventFeed feed(api_, operation_.store_id);
        draw();
        while (!operation_.done) {
            const auto notice = feed.next(kTick);
            if (!notice) {
                return tl::unexpected(notice.error());
            }
            take(*notice);
            if (auto looked = look_if_needed(); !looked) {
                return tl::unexpected(looked.error());
            }
            draw();
        }
        return operation_;
    }

private:
    void take(const client::EventFeed::Notice& notice) {
        switch (notice.kind) {
            case client::EventFeed::Kind::Opened:
            case client::EventFeed::Kind::Resync:
                look_ = true;
                break;
            case client::EventFeed::Kind::Event:
                take_event(notice.event);
                break;
            case client::EventFeed::Kind::Lost:
                view_.say("Connection lost (" + notice.text + "), trying again");
                break;
            case client::EventFeed::Kind::Nothing:
                look_ = look_ || steady_clock::now() - looked_ > kLookAnyway;
                break;
        }
    }

    void take_event(const client::Event& event) {
        apply_event(operation_.progress, event);
        look_ = look_ || event.type == "store.condition" ||
                (event.type == "operation.ended" && event.operation == operation_.id);
    }

    client::ApiResult<> look_if_needed() {
        if (!std::exchange(look_, false)) {
            return {};
        }
        looked_ = steady_clock::now();
        auto now = api_.get_operation(operation_.id);
        if (!now && !is_transient(now.error().error.code)) {
            return tl::unexpected(now.error());
        }
        if (now) {  // if not, the feed notices by itself when the server is gone for good
            operation_ = std::move(*now);
        }
        const auto store =
            operation_.done ? client::ApiResult<client::Store>() : api_.get_store(operation_.store_id);
        note_ = store ? note_of(*store) : "";
        return {};
    }

    void draw() { view_.show(operation_.progress, note_, session_.now()); }

    const Session& session_;
    const client::ApiClient& api_;
    client::Operation operation_;
    ProgressView& view_;
    std::string note_;
    bool look_ = false;
    steady_clock::time_point looked_ = steady_clock::now();
};

}  // namespace

ProgressView make_progress_view(const Session& session, std::string_view title) {
    using Style = ProgressView::Style;
    const auto& console = session.console();
    if (session.wants_table()) {
        return {console.out, console, console.out_is_terminal ? Style::Redrawn : Style::Lines, title};
    }
    return {console.err, console, console.err_is_terminal ? Style::Redrawn : Style::Silent, title};
}

client::ApiResult<client::Operation> watch_operation(const Session& session, const client::ApiClient& api,
                                                     client::Operation operation, ProgressView& view) {
    return Watch(session, api, std::move(operation), view).run();
}

void apply_event(client::Progress& progress, const client::Event& event) {
    if (event.type != "store.step") {
        return;
    }
    auto& steps = progress.steps;
    auto found =
        std::find_if(steps.begin(), steps.end(), [&](const auto& step) { return step.name == event.step; });
    if (found == steps.end()) {
        return;  // of an operation that is not this one
    }
    progress.percent = event.percent;
    found->state = event.state;
    found->message = event.message;
    if (!found->started) {
        found->started = event.time;
    }
    const bool ended = event.state == "done" || event.state == "failed";
    found->ended = ended ? event.time : std::nullopt;
}

}  // namespace souk::cli
