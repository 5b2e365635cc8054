#include "runtime/http/server_session.hpp"

#include "runtime/http/server_protocol.hpp"
#include "runtime/http/server_reader.hpp"
#include "runtime/http/server_session_io.hpp"

#include <boost/asio/post.hpp>

#include <optional>
#include <utility>

namespace souk::runtime {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kStreamWrite = 64U << 10U;
constexpr std::size_t kLingerBytes = 8U << 20U;
constexpr std::size_t kMaxStreamInput = 64U << 10U;
constexpr std::chrono::milliseconds kLinger{2'000};
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::string_view kHeartbeat = ":\n\n";

/// One HTTP connection. Everything but `handle` (on a worker) and the two posts below runs on the stream's
/// strand; while `handle` runs the strand does not touch `request_`.
class Session final : public SessionIo<Session> {
    friend class SessionIo<Session>;

public:
    Session(ServerStream stream, ServerCore& core) : SessionIo(std::move(stream)), core_(core) {}

    ~Session() override {
        if (event_stream_) {
            event_stream_->outbox().end();  // its wake function must not outlive the server
        }
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void start(bool refuse) {
        membership_ = core_.connections.join(shared_from_this());
        error_code ignored;  // a peer that has left already shows at the first read
        const auto peer = stream_.remote_endpoint(ignored);
        remote_ = peer.address().to_string(ignored);
        stream_.set_option(asio::ip::tcp::no_delay(true), ignored);
        asio::post(executor_, [self = shared_from_this(), refuse] {
            if (refuse) {
                self->reader_.emplace(self->core_.settings);
                self->begin_exchange();
                self->refuse({503, "too_many_connections", "the server has too many connections"});
            } else {
                self->next_request();
            }
        });
    }

    void drain() override {
        asio::post(executor_, [self = shared_from_this()] { self->drain_now(); });
    }

    void abort() override {
        asio::post(executor_, [self = shared_from_this()] { self->close(); });
    }

private:
    enum class State { Head, Body, Handling, Writing, Streaming, Lingering, Closed };

    void drain_now() {
        if (state_ == State::Head && input_.empty()) {
            close();
        } else if (state_ == State::Streaming) {
            event_stream_->close();
        }
    }

    // ---- reading

    void next_request() {
        state_ = State::Head;
        reader_.emplace(core_.settings);
        if (!input_.empty()) {
            begin_exchange();
            read_request();
        } else if (core_.draining) {
            close();
        } else {
            expire_after(core_.settings.idle_timeout, &Session::close);
            receive();
        }
    }

    void begin_exchange() {
        began_ = Clock::now();
        exchange_ = Exchange{};
        exchange_open_ = true;
        expire_after(core_.settings.header_timeout, &Session::too_slow);
    }

    void receive() { read(&Session::received); }

    void received(error_code error, std::size_t size) {
        if (error) {
            exchange_open_ = false;  // the client left before it had said what it wants
            close();
            return;
        }
        if (state_ == State::Head && input_.empty()) {
            begin_exchange();
        }
        input_.append(inbox_.data(), size);
        read_request();
    }

    void read_request() {
        const auto progress = reader_->feed(input_);
        if (progress == RequestReader::Progress::Refused) {
            refuse(reader_->refusal());
            return;
        }
        if (progress == RequestReader::Progress::Complete) {
            dispatch();
            return;
        }
        if (reader_->in_body() && state_ == State::Head) {
            state_ = State::Body;
            expire_after(core_.settings.body_timeout, &Session::too_slow);
        }
        if (progress == RequestReader::Progress::NeedContinue) {
            out_ = kContinue;
            write(&Session::receive);  // under the time-out of the body
        } else {
            receive();
        }
    }

    void too_slow() { refuse({408, "request_timeout", "the request did not arrive in time"}); }

    // ---- answering

    void dispatch() {
        forget_alarm();
        state_ = State::Handling;
        take_request();
        exchange_.bytes_in = request_.body.size();
        if (!core_.workers.try_submit([self = shared_from_this()] { self->handle(); })) {
            auto answer =
                server_error(core_, &request_, 503, "overloaded", "the server is busy, try again soon");
            answer.response.headers.set("Retry-After", "1");
            respond(std::move(answer), nullptr, nullptr);
        }
    }

    void take_request() {
        http11_ = reader_->http11();
        keep_alive_ = reader_->keep_alive();
        request_ = std::move(reader_->request());
        request_.remote_address = remote_;
        request_.stop = core_.stop.get_token();
    }

    /// On a worker. After the post the request belongs to the strand again.
    void handle() {
        auto answer = run_handler(core_, request_);
        EventStreamPtr stream;
        WebSocketPtr websocket;
        const auto on_stream = std::exchange(answer.response.on_stream, nullptr);
        const auto on_websocket = std::exchange(answer.response.on_websocket, nullptr);
        const bool streams = on_stream && request_.method != "HEAD";
        if (streams) {
            stream = std::make_shared<EventStream>(core_.settings.outbox);
        }
        if (on_websocket) {
            // Before the hand-over, so that no message is read before its callback is known.
            websocket = std::make_shared<WebSocket>(core_.settings.outbox);
            if (auto fault = call([&] { on_websocket(websocket); }); !fault.empty()) {
                websocket->end();
                websocket = nullptr;
                answer = server_error(core_, &request_, 500, "internal", "an internal error happened");
                answer.fault = std::move(fault);
            }
        }
        headless_ = on_stream && !streams;
        asio::post(executor_,
                   [self = shared_from_this(), answer = std::move(answer), stream, websocket]() mutable {
                       self->respond(std::move(answer), std::move(stream), std::move(websocket));
                   });
        if (streams && !call([&] { on_stream(stream); }).empty()) {
            stream->close();
        }
    }

    /// The text of an exception, else empty.
    template <class F>
    static std::string call(F&& function) {
        try {
            function();
            return {};
        } catch (const std::exception& error) {
            return std::string("handler threw: ") + error.what();
        } catch (...) {
            return "handler threw something that is no exception";
        }
    }

    void respond(Answer answer, EventStreamPtr stream, WebSocketPtr websocket) {
        exchange_.method = request_.method;
        exchange_.route = request_.route;
        exchange_.path = request_.path;
        exchange_.subject = std::move(answer.response.subject);
        exchange_.status = answer.response.status;
        exchange_.fault = std::move(answer.fault);
        if (state_ == State::Closed) {
            report();
            if (stream) {
                stream->outbox().end();
            }
            if (websocket) {
                websocket->end();
            }
            return;
        }
        if (websocket) {
            become_websocket(std::move(answer.response), std::move(websocket));
        } else if (stream) {
            start_stream(answer.response, std::move(stream));
        } else {
            send(answer.response);
        }
    }

    void send(const Response& response) {
        state_ = State::Writing;
        const bool no_body = response.status == 204 || response.status == 304 || headless_;
        keep_alive_ = keep_alive_ && !core_.draining;
        out_ = format(response, no_body ? Framing::None : Framing::Sized);
        if (request_.method != "HEAD") {
            out_ += response.body;
            exchange_.bytes_out = response.body.size();
        }
        headless_ = false;
        write_within(core_.settings.write_timeout, &Session::sent);
    }

    void sent() {
        report();
        if (linger_) {
            linger();
        } else if (keep_alive_) {
            next_request();
        } else {
            close();
        }
    }

    std::string format(const Response& response, Framing framing) const {
        return format_head(response, {.framing = framing,
                                      .http11 = http11_,
                                      .keep_alive = keep_alive_,
                                      .request_id = request_.request_id,
                                      .now = std::chrono::system_clock::now()});
    }

    /// Answers and closes: after a malformed request nobody knows where the next one begins.
    void refuse(const Refusal& why) {
        abandon_pending();
        take_request();
        if (request_.request_id.empty()) {
            request_.request_id = choose_request_id(request_.headers);
        }
        keep_alive_ = false;
        linger_ = true;
        auto answer = server_error(core_, reader_->request_known() ? &request_ : nullptr, why.status,
                                   why.code, why.detail);
        if (why.status == 503) {
            answer.response.headers.set("Retry-After", "1");
        }
        respond(std::move(answer), nullptr, nullptr);
    }

    /// Closing a socket with unread input resets the connection and may destroy the answer on its way. So:
    /// say that we are done, swallow what still comes, for a short time.
    void linger() {
        state_ = State::Lingering;
        error_code ignored;  // the peer may be gone; the read below shows it
        stream_.shutdown(asio::socket_base::shutdown_send, ignored);
        may_swallow_ = kLingerBytes;
        expire_after(kLinger, &Session::close);
        read(&Session::swallow);
    }

    void swallow(error_code error, std::size_t size) {
        if (error || size > may_swallow_) {
            close();
            return;
        }
        may_swallow_ -= size;
        read(&Session::swallow);
    }

    // ---- streams and WebSockets

    void start_stream(const Response& response, EventStreamPtr stream) {
        state_ = State::Streaming;
        event_stream_ = std::move(stream);
        keep_alive_ = false;
        heartbeats_ = response.headers.value("Content-Type").starts_with("text/event-stream");
        out_ = format(response, http11_ ? Framing::Chunked : Framing::UntilClose);
        may_swallow_ = kMaxStreamInput;
        read(&Session::swallow);  // without it a vanished client is noticed only by the next write
        write_within(core_.settings.write_timeout, &Session::attach_stream);
    }

    void attach_stream() {
        event_stream_->outbox().attach([weak = weak_from_this(), executor = executor_] {
            asio::post(executor, [weak] {
                if (const auto self = weak.lock()) {
                    self->pump();
                }
            });
        });
        if (core_.draining) {
            event_stream_->close();
        }
        pump();
    }

    void pump() {
        if (state_ != State::Streaming || writing_) {
            return;
        }
        auto& outbox = event_stream_->outbox();
        if (outbox.overflowed()) {
            close();
            return;
        }
        const bool last = outbox.drained();
        const auto messages = outbox.take(kStreamWrite);
        std::string data;
        for (const auto& message : messages) {
            data += message;
        }
        if (data.empty() && last) {
            out_ = http11_ ? kLastChunk : std::string_view{};
            write_within(core_.settings.write_timeout, &Session::close);
        } else if (data.empty()) {
            outbox.written();
            expire_after(core_.settings.heartbeat, &Session::beat);
        } else {
            send_data(data);
        }
    }

    void beat() {
        if (heartbeats_ && state_ == State::Streaming && !writing_) {
            send_data(kHeartbeat);
        }
    }

    void send_data(std::string_view data) {
        exchange_.bytes_out += data.size();
        out_ = http11_ ? format_chunk(data) : std::string(data);
        write_within(core_.settings.write_timeout, &Session::stream_written);
    }

    void stream_written() {
        event_stream_->outbox().written();
        pump();
    }

    void become_websocket(Response response, WebSocketPtr websocket) {
        exchange_open_ = false;
        exchange_.request_id = request_.request_id;
        exchange_.remote_address = remote_;
        abandon_pending();
        state_ = State::Closed;
        if (!input_.empty()) {
            websocket->end();  // a client must not talk before the 101; its bytes would be lost
            error_code ignored;
            stream_.close(ignored);
            return;
        }
        open_websocket(
            std::move(stream_), core_,
            {std::move(request_), std::move(response), std::move(websocket), std::move(exchange_), began_});
    }

    // ---- the end

    void close() {
        if (state_ == State::Closed) {
            return;
        }
        const bool handling = state_ == State::Handling;
        state_ = State::Closed;
        shut();
        if (event_stream_) {
            event_stream_->outbox().end();
        }
        if (!handling) {  // else `respond` reports
            report();
        }
    }

    void report() {
        if (!std::exchange(exchange_open_, false) || exchange_.status == 0) {
            return;  // reported already, or cut before there was an answer
        }
        exchange_.request_id = request_.request_id;
        exchange_.remote_address = remote_;
        exchange_.duration = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began_);
        core_.report(exchange_);
    }

    ServerCore& core_;
    ConnectionRegistry::Membership membership_;
    std::string remote_;
    State state_ = State::Head;

    std::string input_;  // received and not yet understood
    std::optional<RequestReader> reader_;
    Request request_;
    bool http11_ = true;
    bool keep_alive_ = false;

    bool headless_ = false;  // HEAD of a stream: its length is unknown
    bool linger_ = false;
    std::size_t may_swallow_ = 0;

    EventStreamPtr event_stream_;
    bool heartbeats_ = false;

    Exchange exchange_;
    bool exchange_open_ = false;
    Clock::time_point began_;
};

}  // namespace

void open_session(ServerStream stream, ServerCore& core, bool refuse) {
    std::make_shared<Session>(std::move(stream), core)->start(refuse);
}

}  // namespace souk::runtime
