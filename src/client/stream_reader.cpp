#include "client/stream_reader.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

namespace souk::client {
namespace {

/// A reader that is this far behind gets the failure "too slow" and resumes.
constexpr std::size_t kMaxQueuedBytes = std::size_t{8} << 20U;

bool is_success(int status) { return status >= 200 && status < 300; }

}  // namespace

struct StreamReader::State {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::optional<runtime::HttpResponseHead> head;
    std::string bytes;
    std::optional<Result<>> done;
    bool opened_told = false;
    bool too_slow = false;
};

StreamReader::StreamReader(runtime::HttpClient& http, runtime::HttpRequest request)
    : state_(std::make_shared<State>()) {
    runtime::StreamCallbacks callbacks;
    callbacks.on_headers = [state = state_](const runtime::HttpResponseHead& head) {
        std::scoped_lock lock(state->mutex);
        state->head = head;
        state->changed.notify_all();
    };
    callbacks.on_data = [state = state_](std::string_view data) {
        std::scoped_lock lock(state->mutex);
        if (state->bytes.size() + data.size() > kMaxQueuedBytes) {
            state->too_slow = true;
            return false;
        }
        state->bytes.append(data);
        state->changed.notify_all();
        return true;
    };
    callbacks.on_done = [state = state_](Result<> result) {
        std::scoped_lock lock(state->mutex);
        state->done = std::move(result);
        state->changed.notify_all();
    };
    stream_ = http.stream(std::move(request), std::move(callbacks));
}

StreamReader::~StreamReader() = default;

ApiResult<StreamReader::Piece> StreamReader::next(const std::stop_token& stop,
                                                  std::chrono::milliseconds at_most) {
    std::unique_lock lock(state_->mutex);
    const auto refused = [&] { return state_->head && !is_success(state_->head->status); };
    const auto has_news = [&] {
        // The body of a refusal is one piece, at the end.
        return state_->done ||
               (state_->head && !refused() && (!state_->opened_told || !state_->bytes.empty()));
    };
    if (!state_->changed.wait_for(lock, stop, at_most, has_news)) {
        if (stop.stop_requested()) {
            return tl::unexpected(error_from({ErrorCode::Cancelled, "interrupted", {}, {}}));
        }
        return Piece{};
    }
    if (state_->head && !refused()) {
        if (!std::exchange(state_->opened_told, true)) {
            return Piece{Kind::Opened};
        }
        if (!state_->bytes.empty()) {
            return Piece{Kind::Bytes, std::exchange(state_->bytes, {})};
        }
    }
    if (refused()) {
        return tl::unexpected(
            error_from_response({state_->head->status, state_->head->headers, state_->bytes}));
    }
    if (state_->too_slow) {
        return tl::unexpected(
            error_from({ErrorCode::Unavailable, "the stream was faster than its reader", {}, {}}));
    }
    if (!*state_->done) {
        return tl::unexpected(error_from(state_->done->error()));
    }
    return Piece{Kind::Ended};
}

}  // namespace souk::client
