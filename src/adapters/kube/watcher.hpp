#pragma once

#include "adapters/kube/api_client.hpp"
#include "adapters/kube/cache.hpp"
#include "adapters/kube/watch_stream.hpp"
#include "runtime/time/backoff.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace souk::kube {

/// What a stream's callbacks say, in the order they came. They run on the HTTP client's thread and only put
/// this in a queue.
struct StreamNews {
    std::size_t watcher = 0;
    std::uint64_t stream = 0;
    enum class What { Head, Data, Done } what = What::Data;
    int status = 0;
    std::string data;
    std::optional<Error> error;
};

struct WatcherOptions {
    std::chrono::seconds lifetime{300};
    std::chrono::seconds idle{100};
    std::chrono::milliseconds retry_base{200};
    std::chrono::milliseconds retry_cap{15000};
    std::string selector;
    std::function<double()> random;  // in [0, 1)
    /// Called with the store's label of each object that a watch tells of, after the cache knows it, whether
    /// or not anything that matters changed.
    std::function<void(const std::string& store)> told{};
};

/// List and watch of one kind, as a machine that is told what happened and what time it is: it has no thread
/// and no clock.
///
/// idle -> listing (pages) -> watching -> (the stream ends) -> watching from where it was, or idle again
/// after 410. The kind is live in the cache only while a watch runs. Used by one thread.
class Watcher {
public:
    using Clock = std::chrono::steady_clock;
    /// Starts a stream for this watcher whose news carry `stream`; null when it could not start (its Done is
    /// still told).
    using Start = std::function<std::unique_ptr<runtime::HttpStream>(
        const std::string& path, const Query& query, std::chrono::milliseconds timeout,
        std::chrono::milliseconds idle, std::uint64_t stream)>;
    using Changed = std::function<void(const std::vector<std::string>& stores)>;
    using Note = std::function<void(std::string_view what, const Error& error)>;

    Watcher(Watched kind, std::string path, WatcherOptions options, Cache& cache, Start start,
            Changed changed, Note note);

    /// Starts what is due; when it wants to be called again (nothing: it waits for news).
    std::optional<Clock::time_point> tick(Clock::time_point now);
    void take(const StreamNews& news, Clock::time_point now);
    void cancel();

    std::uint64_t lists() const { return lists_; }  // how often everything was read anew

private:
    enum class State { Idle, Listing, Watching };

    void start_list();
    void start_watch();
    void begin(State state, const Query& query, std::chrono::milliseconds timeout,
               std::chrono::milliseconds idle);
    void take_data(std::string_view data);
    bool take_event(std::string_view line);
    void list_done(Clock::time_point now);
    void watch_done(const std::optional<Error>& error, Clock::time_point now);
    void retry(Clock::time_point now, std::string_view what, const Error& error);
    void forget();  // the next attempt lists

    const Watched kind_;
    const std::string path_;
    const WatcherOptions options_;
    Cache& cache_;
    const Start start_;
    const Changed changed_;
    const Note note_;
    const runtime::Backoff backoff_;

    State state_ = State::Idle;
    Clock::time_point due_{};
    int attempt_ = 0;
    std::uint64_t stream_number_ = 0;
    std::unique_ptr<runtime::HttpStream> stream_;
    int status_ = 0;
    std::string body_;
    bool broken_ = false;  // what came made no sense
    LineSplitter lines_;
    std::string resource_version_;  // empty: list first
    std::string continue_;
    std::vector<Cache::Listed> listed_;
    std::uint64_t lists_ = 0;
};

}  // namespace souk::kube
