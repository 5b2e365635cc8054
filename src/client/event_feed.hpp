#pragma once

#include "client/api_client.hpp"
#include "client/sse_parser.hpp"
#include "client/stream_reader.hpp"

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>

namespace souk::client {

/// Follows events and never gives one twice: a lost connection is taken up again behind the last event, with
/// a jittered delay. For one thread.
class EventFeed {
public:
    enum class Kind {
        Opened,   // connected, also again; what is read now by ordinary requests is not older than the events
                  // that follow
        Event,    // the next one
        Resync,   // events were missed for good: read the state anew
        Lost,     // the connection is gone and will be tried again; `text` says why
        Nothing,  // the time is over
    };
    struct Notice {
        Kind kind = Kind::Nothing;
        client::Event event = {};
        std::string text = {};
    };

    /// Events of one store, or of all when `store` is empty. `after` is the last number that is known: "0"
    /// for all that are kept, empty for only what comes.
    EventFeed(const ApiClient& api, std::string store, std::string after = {},
              std::chrono::milliseconds give_up_after = std::chrono::minutes(5));

    /// Errors are final: refused by the server (401, 404, 410...), unreachable for longer than
    /// `give_up_after` (or at the very beginning, after the usual attempts), Cancelled after a stop. A wait
    /// before a new attempt may take longer than `at_most`.
    ApiResult<Notice> next(std::chrono::milliseconds at_most);

    /// What `Last-Event-ID` would be now.
    const std::string& position() const { return position_; }

private:
    ApiResult<Notice> connect_again();
    ApiResult<Notice> after_failure(const ApiError& error);
    void take(const SseEvent& event);

    const ApiClient& api_;
    std::string store_;
    std::string position_;
    std::chrono::milliseconds give_up_after_;
    std::unique_ptr<StreamReader> reader_;
    std::unique_ptr<SseParser> parser_;
    std::deque<Notice> ready_;
    std::int64_t last_number_ = 0;
    std::chrono::milliseconds delay_{0};  // before the next attempt
    std::chrono::steady_clock::time_point connected_at_{};
    std::optional<std::chrono::steady_clock::time_point> lost_since_;
    bool was_open_ = false;
    int attempt_ = 0;
};

}  // namespace souk::client
