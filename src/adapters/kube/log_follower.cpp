#include "adapters/kube/log_follower.hpp"

#include "adapters/kube/api_errors.hpp"
#include "adapters/kube/log_lines.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace souk::kube {
namespace {

constexpr std::size_t kMaxQueued = std::size_t{4} * 1024 * 1024;
constexpr std::size_t kMaxLine = std::size_t{256} * 1024;
constexpr std::size_t kMaxErrorBody = std::size_t{64} * 1024;

struct Chunk {
    std::size_t source = 0;
    std::string data;
    bool done = false;
    std::optional<Error> error;
};

/// Outlives `run` in the callbacks of streams that are being cancelled.
struct Shared {
    std::mutex mutex;
    std::condition_variable_any filled;
    std::deque<Chunk> chunks;
    std::size_t bytes = 0;
    bool too_slow = false;

    bool put(Chunk chunk) {
        {
            const std::scoped_lock lock(mutex);
            if (!chunk.done && bytes + chunk.data.size() > kMaxQueued) {
                too_slow = true;
                return false;
            }
            bytes += chunk.data.size();
            chunks.push_back(std::move(chunk));
        }
        filled.notify_one();
        return true;
    }
};

runtime::StreamCallbacks callbacks_for(const std::shared_ptr<Shared>& shared, std::size_t source) {
    // Only the client's thread touches it.
    const auto answer = std::make_shared<runtime::HttpResponse>();
    runtime::StreamCallbacks out;
    out.on_headers = [answer](const runtime::HttpResponseHead& head) {
        answer->status = head.status;
        answer->headers = head.headers;
    };
    out.on_data = [shared, source, answer](std::string_view data) {
        if (answer->status == 200) {
            return shared->put({source, std::string(data), false, {}});
        }
        answer->body.append(data.substr(0, kMaxErrorBody - std::min(kMaxErrorBody, answer->body.size())));
        return true;
    };
    out.on_done = [shared, source, answer](Result<> result) {
        Chunk last{source, {}, true, {}};
        if (!result) {
            last.error = std::move(result).error();
        } else if (answer->status != 200) {
            last.error = error_of_answer(*answer, "follow logs", false);
        }
        shared->put(std::move(last));
    };
    return out;
}

struct Running {
    LogFollower::Source source;
    LogLines lines;
    std::unique_ptr<runtime::HttpStream> stream;
};

using Clock = std::chrono::steady_clock;

}  // namespace

Result<> LogFollower::run(std::vector<Source> sources, const OnLine& on_line, const std::stop_token& stop,
                          const std::optional<Joining>& joining) {
    const auto shared = std::make_shared<Shared>();
    std::map<std::size_t, Running> open;
    std::size_t next = 0;
    const auto start = [&](std::vector<Source> more) {
        for (Source& source : more) {
            Running& running =
                open.emplace(next, Running{std::move(source), LogLines(kMaxLine), nullptr}).first->second;
            running.stream = running.source.open(callbacks_for(shared, next++));
        }
    };
    start(std::move(sources));
    auto look_at = Clock::now() + (joining ? joining->every : std::chrono::milliseconds(0));
    std::optional<Error> first_error;
    bool any_line = false;
    std::deque<Chunk> batch;
    while (true) {
        if (joining && (open.empty() || Clock::now() >= look_at)) {
            start(joining->look(open.empty()));
            look_at = Clock::now() + joining->every;
        }
        if (open.empty()) {
            break;
        }
        {
            std::unique_lock lock(shared->mutex);
            const auto filled = [&] { return !shared->chunks.empty(); };
            if (joining) {
                shared->filled.wait_until(lock, stop, look_at, filled);
            } else {
                shared->filled.wait(lock, stop, filled);
            }
            if (stop.stop_requested()) {
                return fail(ErrorCode::Cancelled, "a stop was requested");
            }
            batch.swap(shared->chunks);
            shared->bytes = 0;
            if (shared->too_slow) {
                return fail(ErrorCode::Unavailable, "the logs came faster than they were read", "TooSlow");
            }
        }
        for (Chunk& chunk : batch) {
            Running& running = open.at(chunk.source);
            const auto tell = [&](std::string_view line) {
                any_line = true;
                return on_line(running.source.pod, running.source.container, std::string(line));
            };
            if (!running.lines.feed(chunk.data, tell)) {
                return {};
            }
            if (!chunk.done) {
                continue;
            }
            if (const std::string rest = running.lines.take_rest(); !rest.empty() && !tell(rest)) {
                return {};
            }
            if (running.source.on_end) {
                running.source.on_end(chunk.error);
            }
            if (chunk.error && !first_error) {
                first_error = std::move(chunk.error);
            }
            open.erase(chunk.source);
        }
        batch.clear();
    }
    if (first_error && !any_line) {
        return tl::unexpected(std::move(*first_error));
    }
    return {};
}

}  // namespace souk::kube
