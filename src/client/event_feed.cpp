#include "client/event_feed.hpp"

#include <algorithm>
#include <utility>

namespace souk::client {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kBaseDelay{500};
constexpr milliseconds kLongestDelay{10'000};
/// A connection that lived so long was a good one; one that ends sooner without an event counts as another
/// failed attempt.
constexpr milliseconds kGoodConnection{5'000};

bool may_pass(const ApiError& error) {
    return error.error.code == ErrorCode::Unavailable || error.error.code == ErrorCode::Timeout ||
           error.status >= 500;
}

}  // namespace

EventFeed::EventFeed(const ApiClient& api, std::string store, std::string after, milliseconds give_up_after)
    : api_(api), store_(std::move(store)), position_(std::move(after)), give_up_after_(give_up_after) {}

ApiResult<EventFeed::Notice> EventFeed::next(milliseconds at_most) {
    while (true) {
        if (!ready_.empty()) {
            auto notice = std::move(ready_.front());
            ready_.pop_front();
            return notice;
        }
        if (!reader_) {
            if (auto connecting = connect_again(); !connecting) {
                return connecting;
            }
        }
        auto piece = reader_->next(api_.stop(), at_most);
        if (!piece) {
            return after_failure(piece.error());
        }
        switch (piece->kind) {
            case StreamReader::Kind::Opened:
                was_open_ = true;
                lost_since_.reset();
                connected_at_ = steady_clock::now();
                return Notice{Kind::Opened};
            case StreamReader::Kind::Bytes:
                if (!parser_->feed(piece->bytes)) {
                    return after_failure(error_from(
                        {ErrorCode::Unavailable, "the server sent an event that is too large", {}, {}}));
                }
                if (!parser_->last_id().empty()) {
                    position_ = parser_->last_id();
                }
                break;
            case StreamReader::Kind::Ended:
                return after_failure(
                    error_from({ErrorCode::Unavailable, "the server ended the stream", {}, {}}));
            case StreamReader::Kind::Nothing:
                return Notice{};
        }
    }
}

ApiResult<EventFeed::Notice> EventFeed::connect_again() {
    if (delay_ > milliseconds(0) && !api_.retry().sleep(delay_, api_.stop())) {
        return tl::unexpected(error_from({ErrorCode::Cancelled, "interrupted", {}, {}}));
    }
    auto request = api_.events_request(store_);
    if (!position_.empty()) {
        request.headers.set("Last-Event-ID", position_);
    }
    parser_ = std::make_unique<SseParser>([this](const SseEvent& event) { take(event); });
    reader_ = std::make_unique<StreamReader>(api_.http(), std::move(request));
    return Notice{};
}

ApiResult<EventFeed::Notice> EventFeed::after_failure(const ApiError& error) {
    const auto now = steady_clock::now();
    const bool was_good =
        connected_at_ != steady_clock::time_point{} && now - connected_at_ >= kGoodConnection;
    connected_at_ = {};
    reader_.reset();
    if (!may_pass(error)) {
        return tl::unexpected(error);
    }
    if (!lost_since_) {
        lost_since_ = now;
    }
    attempt_ = was_good ? 0 : attempt_ + 1;
    const bool never_reached = !was_open_ && attempt_ >= api_.retry().attempts;
    if (never_reached || now - *lost_since_ > give_up_after_) {
        return tl::unexpected(error);
    }
    const milliseconds base(parser_ ? parser_->retry_ms().value_or(static_cast<int>(kBaseDelay.count())) : 0);
    const runtime::Backoff backoff(std::max(base, milliseconds(50)), std::max(base, kLongestDelay));
    delay_ = std::max<milliseconds>(backoff.delay(std::min(attempt_, 16)),
                                    error.retry_after.value_or(std::chrono::seconds(0)));
    return Notice{Kind::Lost, {}, error.error.message};
}

void EventFeed::take(const SseEvent& event) {
    if (event.type == "resync") {
        last_number_ = 0;
        ready_.push_back({Kind::Resync});
        return;
    }
    auto parsed = parse_event(event.data);
    // Not an event we can read: newer servers may send other things.
    if (!parsed || parsed->number <= last_number_) {
        return;
    }
    last_number_ = parsed->number;
    attempt_ = 0;
    ready_.push_back({Kind::Event, std::move(*parsed), {}});
}

}  // namespace souk::client
