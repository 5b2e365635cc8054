#include "runtime/http/client_curl.hpp"

#include "runtime/http/client_transfer.hpp"
#include "runtime/threads/guarded.hpp"

#include <curl/curl.h>
#include <pthread.h>

#include <algorithm>
#include <csignal>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace souk::runtime {
namespace {

using TransferPtr = std::shared_ptr<Transfer>;

void init_library_once() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

/// TLS writes to a connection that the other side closed raise SIGPIPE, and libcurl was told not to touch
/// signals.
void block_sigpipe() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

}  // namespace

class CurlHttpClient::Loop {
public:
    explicit Loop(CurlHttpClientOptions options) : options_(std::move(options)) {
        init_library_once();
        multi_ = curl_multi_init();
        if (multi_ == nullptr) {
            throw std::runtime_error("libcurl could not be initialised");
        }
        curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, options_.max_idle_connections);
        thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
    }

    ~Loop() {
        close();
        curl_multi_cleanup(multi_);
    }

    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    void submit(const TransferPtr& transfer) {
        const bool accepted = commands_.with([&](Commands& commands) {
            if (!commands.closed) {
                commands.start.push_back(transfer);
            }
            return !commands.closed;
        });
        if (accepted) {
            curl_multi_wakeup(multi_);
        } else {
            transfer->finish(tl::unexpected(transfer->cancelled_error()));
        }
    }

    void cancel(const TransferPtr& transfer) {
        commands_.with([&](Commands& commands) { commands.cancel.push_back(transfer); });
        curl_multi_wakeup(multi_);
    }

    bool on_own_thread() const { return std::this_thread::get_id() == thread_.get_id(); }

    void close() {
        if (thread_.joinable()) {
            thread_.request_stop();
            curl_multi_wakeup(multi_);
            thread_.join();
        }
    }

private:
    struct Commands {
        std::vector<TransferPtr> start;
        std::vector<TransferPtr> cancel;
        bool closed = false;
    };

    void run(const std::stop_token& stop) {
        pthread_setname_np(pthread_self(), "http-client");
        block_sigpipe();
        while (!stop.stop_requested()) {
            obey();
            int running = 0;
            curl_multi_perform(multi_, &running);
            collect_finished();
            end_silent();
            curl_multi_poll(multi_, nullptr, 0, poll_time(), nullptr);
        }
        refuse_all();
    }

    void obey() {
        const Commands commands = commands_.with([](Commands& queued) {
            Commands taken{std::move(queued.start), std::move(queued.cancel), queued.closed};
            queued.start.clear();
            queued.cancel.clear();
            return taken;
        });
        for (const auto& transfer : commands.start) {
            start(transfer);
        }
        for (const auto& transfer : commands.cancel) {
            end(transfer, tl::unexpected(transfer->cancelled_error()));
        }
    }

    void start(const TransferPtr& transfer) {
        if (auto prepared = transfer->prepare(options_); !prepared) {
            transfer->finish(std::move(prepared));
            return;
        }
        running_.emplace(transfer->handle(), transfer);
        if (curl_multi_add_handle(multi_, transfer->handle()) != CURLM_OK) {
            running_.erase(transfer->handle());
            transfer->finish(fail(ErrorCode::Unavailable, "the HTTP client could not start the request"));
        }
    }

    void end(const TransferPtr& transfer, Result<> result) {
        if (running_.erase(transfer->handle()) == 0) {
            return;  // was over already
        }
        curl_multi_remove_handle(multi_, transfer->handle());
        transfer->finish(std::move(result));
    }

    void collect_finished() {
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
            if (message->msg != CURLMSG_DONE) {
                continue;
            }
            const auto found = running_.find(message->easy_handle);
            if (found == running_.end()) {
                continue;
            }
            const TransferPtr transfer = found->second;
            const CURLcode code = message->data.result;  // gone after the handle is removed
            end(transfer, transfer->outcome(code));
        }
    }

    void end_silent() {
        const auto now = Transfer::Clock::now();
        std::vector<TransferPtr> silent;
        for (const auto& [handle, transfer] : running_) {
            const auto deadline = transfer->idle_deadline();
            if (deadline && *deadline <= now) {
                silent.push_back(transfer);
            }
        }
        for (const auto& transfer : silent) {
            end(transfer, tl::unexpected(transfer->idle_error()));
        }
    }

    /// Milliseconds; libcurl shortens it for its own timers.
    int poll_time() const {
        auto wait = std::chrono::milliseconds(1000);
        const auto now = Transfer::Clock::now();
        for (const auto& [handle, transfer] : running_) {
            if (const auto deadline = transfer->idle_deadline()) {
                wait = std::min(wait, std::chrono::ceil<std::chrono::milliseconds>(*deadline - now));
            }
        }
        return static_cast<int>(std::max<std::chrono::milliseconds::rep>(wait.count(), 0));
    }

    void refuse_all() {
        const auto waiting = commands_.with([](Commands& commands) {
            commands.closed = true;
            commands.cancel.clear();
            return std::exchange(commands.start, {});
        });
        for (const auto& transfer : waiting) {
            transfer->finish(tl::unexpected(transfer->cancelled_error()));
        }
        while (!running_.empty()) {
            const TransferPtr transfer = running_.begin()->second;
            end(transfer, tl::unexpected(transfer->cancelled_error()));
        }
    }

    const CurlHttpClientOptions options_;
    CURLM* multi_ = nullptr;
    Guarded<Commands> commands_;
    std::map<void*, TransferPtr> running_;  // by libcurl handle; the loop's thread only
    std::jthread thread_;                   // last member
};

namespace {

/// Keeps the transfer, not the client: a handle may outlive the client, whose end has then finished the
/// transfer.
template <class Loop>
class CurlStream final : public HttpStream {
public:
    CurlStream(TransferPtr transfer, std::weak_ptr<Loop> loop)
        : transfer_(std::move(transfer)), loop_(std::move(loop)) {}
    ~CurlStream() override { CurlStream::cancel(); }
    CurlStream(const CurlStream&) = delete;
    CurlStream& operator=(const CurlStream&) = delete;

    void cancel() override {
        if (const auto loop = loop_.lock()) {
            loop->cancel(transfer_);
        }
    }
    void wait() override { transfer_->wait(); }

private:
    TransferPtr transfer_;
    std::weak_ptr<Loop> loop_;
};

/// The answer of a blocking call, filled on the client's thread until `on_done`.
struct Collector {
    explicit Collector(std::size_t limit) : max_bytes(limit) {}

    StreamCallbacks callbacks() {
        return {.on_headers =
                    [this](const HttpResponseHead& head) {
                        response.status = head.status;
                        response.headers = head.headers;
                    },
                .on_data = [this](std::string_view data) { return append(data); },
                .on_done = [this](Result<> result) { outcome = std::move(result); }};
    }

    bool append(std::string_view data) {
        too_large = data.size() > max_bytes - response.body.size();
        if (!too_large) {
            response.body.append(data);
        }
        return !too_large;
    }

    std::size_t max_bytes;
    HttpResponse response;
    bool too_large = false;
    Result<> outcome;
};

}  // namespace

CurlHttpClient::CurlHttpClient(CurlHttpClientOptions options)
    : loop_(std::make_shared<Loop>(std::move(options))) {}

CurlHttpClient::~CurlHttpClient() { loop_->close(); }

Result<HttpResponse> CurlHttpClient::send(const HttpRequest& request, std::stop_token stop) {
    if (loop_->on_own_thread()) {
        return fail(ErrorCode::Internal, "a blocking HTTP request was made on the HTTP client's own thread");
    }
    Collector collector(request.max_response_bytes);
    const auto transfer = std::make_shared<Transfer>(request, collector.callbacks());
    if (stop.stop_requested()) {
        return tl::unexpected(transfer->cancelled_error());  // and nothing may have reached the server
    }
    loop_->submit(transfer);
    {
        const std::stop_callback on_stop(stop, [&] { loop_->cancel(transfer); });
        transfer->wait();
    }
    if (collector.too_large) {
        return fail(ErrorCode::Internal, "the answer of the server is larger than " +
                                             std::to_string(collector.max_bytes) + " bytes");
    }
    if (!collector.outcome) {
        return forward(std::move(collector.outcome));
    }
    return std::move(collector.response);
}

std::unique_ptr<HttpStream> CurlHttpClient::stream(HttpRequest request, StreamCallbacks callbacks) {
    auto transfer = std::make_shared<Transfer>(std::move(request), std::move(callbacks));
    loop_->submit(transfer);
    return std::make_unique<CurlStream<Loop>>(std::move(transfer), loop_);
}

}  // namespace souk::runtime
