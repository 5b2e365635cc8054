#include "runtime/http/server_session.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <cstdint>
#include <string_view>
#include <utility>

namespace souk::runtime {

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kHandshake{10'000};
constexpr std::chrono::milliseconds kLastChance{5'000};  // for a write that holds up our close frame
constexpr std::chrono::milliseconds kClosing{3'000};     // from our close frame until the client has hung up

/// One accepted WebSocket. Runs on the stream's strand, but for the message callback (on a worker, while no
/// read is pending) and the two posts.
class WebSocketSession final : public Connection, public std::enable_shared_from_this<WebSocketSession> {
public:
    WebSocketSession(ServerStream stream, ServerCore& core, WebSocketStart start)
        : executor_(stream.get_executor()),
          ws_(std::move(stream)),
          core_(core),
          start_(std::move(start)),
          timer_(executor_) {}

    ~WebSocketSession() override {
        start_.websocket->end();
    }  // its wake function must not outlive the server
    WebSocketSession(const WebSocketSession&) = delete;
    WebSocketSession& operator=(const WebSocketSession&) = delete;

    void start() {
        membership_ = core_.connections.join(shared_from_this());
        const auto idle = core_.settings.websocket_idle;
        ws_.set_option(websocket::stream_base::timeout{kHandshake, idle, true});
        ws_.set_option(websocket::stream_base::decorator([this](websocket::response_type& response) {
            response.set(http::field::server, "souk");  // else Beast says its version
            response.set("X-Request-Id", start_.request.request_id);
            for (const auto& [name, value] : start_.response.headers) {
                response.set(name, value);
            }
        }));
        ws_.read_message_max(core_.settings.websocket_message_bytes);
        ws_.text(true);
        request_.method(http::verb::get);
        request_.target(start_.request.target);
        request_.version(11);
        for (const auto& [name, value] : start_.request.headers) {
            request_.insert(name, value);
        }
        ws_.async_accept(request_, [self = shared_from_this()](error_code error) { self->accepted(error); });
    }

    void drain() override {
        start_.websocket->close(CloseCode::GoingAway, "the server is going away");
        asio::post(executor_, [self = shared_from_this()] { self->pump(); });
    }

    void abort() override {
        asio::post(executor_, [self = shared_from_this()] { self->finish(); });
    }

private:
    void accepted(error_code error) {
        if (error || finished_) {
            finish();
            return;
        }
        open_ = true;
        start_.websocket->outbox().attach([weak = weak_from_this(), executor = executor_] {
            asio::post(executor, [weak] {
                if (const auto self = weak.lock()) {
                    self->pump();
                }
            });
        });
        if (core_.draining) {
            start_.websocket->close(CloseCode::GoingAway, "the server is going away");
        }
        read();
        pump();
    }

    void read() {
        if (finished_ || closing_) {
            return;  // the closing handshake reads for itself
        }
        ws_.async_read(buffer_, [self = shared_from_this()](error_code error, std::size_t size) {
            self->received(error, size);
        });
    }

    void received(error_code error, std::size_t size) {
        if (error) {
            finish();
            return;
        }
        start_.exchange.bytes_in += size;
        auto text = boost::beast::buffers_to_string(buffer_.data());
        buffer_.consume(buffer_.size());
        if (!ws_.got_text()) {
            refuse(CloseCode::UnsupportedData, "text messages only");
            return;
        }
        const bool taken = core_.workers.try_submit(
            [self = shared_from_this(), text = std::move(text)] { self->deliver(text); });
        if (!taken) {
            refuse(CloseCode::TryAgainLater, "the server is busy");
        }
    }

    /// Directly, not through the wake function: no operation is pending that would keep this object alive.
    void refuse(std::uint16_t code, std::string_view reason) {
        start_.websocket->close(code, reason);
        pump();
    }

    /// On a worker.
    void deliver(const std::string& text) {
        try {
            start_.websocket->deliver(text);
        } catch (...) {  // the boundary of the worker; the client sees 1011
            start_.websocket->close(CloseCode::InternalError, "internal error");
        }
        asio::post(executor_, [self = shared_from_this()] { self->read(); });
    }

    void pump() {
        if (!open_ || finished_ || closing_) {
            return;
        }
        auto& outbox = start_.websocket->outbox();
        if (outbox.overflowed()) {
            if (writing_) {
                expire_after(kLastChance);
            } else {
                begin_close({CloseCode::TryAgainLater, "too slow"});
            }
            return;
        }
        if (writing_) {
            return;
        }
        const bool last = outbox.drained();
        auto messages = outbox.take(0);
        if (messages.empty()) {
            if (last) {
                begin_close(start_.websocket->closing());
            }
            return;
        }
        writing_ = true;
        out_ = std::move(messages.front());
        start_.exchange.bytes_out += out_.size();
        expire_after(core_.settings.write_timeout);
        ws_.async_write(asio::buffer(out_),
                        [self = shared_from_this()](error_code error, std::size_t) { self->wrote(error); });
    }

    void wrote(error_code error) {
        writing_ = false;
        ++alarm_;
        timer_.cancel();
        if (error) {
            finish();
            return;
        }
        start_.websocket->outbox().written();
        pump();
    }

    void begin_close(const WebSocket::Closing& closing) {
        closing_ = true;
        expire_after(kClosing);
        const websocket::close_reason reason(static_cast<websocket::close_code>(closing.code),
                                             closing.reason);
        ws_.async_close(reason, [self = shared_from_this()](error_code) { self->finish(); });
    }

    /// Cuts the connection of a client that does not take what we write or does not hang up.
    void expire_after(std::chrono::milliseconds delay) {
        const auto alarm = ++alarm_;
        timer_.expires_after(delay);
        timer_.async_wait([self = shared_from_this(), alarm](error_code error) {
            if (!error && alarm == self->alarm_) {
                self->finish();
            }
        });
    }

    void finish() {
        if (std::exchange(finished_, true)) {
            return;
        }
        ++alarm_;
        timer_.cancel();
        error_code ignored;  // closing must not fail for a peer that has left
        ws_.next_layer().close(ignored);
        start_.websocket->end();
        auto& exchange = start_.exchange;
        exchange.duration =
            std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start_.began);
        core_.report(exchange);
    }

    const asio::any_io_executor executor_;
    websocket::stream<ServerStream> ws_;
    ServerCore& core_;
    WebSocketStart start_;
    http::request<http::empty_body> request_;
    asio::steady_timer timer_;
    ConnectionRegistry::Membership membership_;
    boost::beast::flat_buffer buffer_;
    std::string out_;
    std::uint64_t alarm_ = 0;
    bool open_ = false;
    bool writing_ = false;
    bool closing_ = false;
    bool finished_ = false;
};

}  // namespace

void open_websocket(ServerStream stream, ServerCore& core, WebSocketStart start) {
    std::make_shared<WebSocketSession>(std::move(stream), core, std::move(start))->start();
}

}  // namespace souk::runtime
