#include "runtime/http/server.hpp"

#include "runtime/http/server_core.hpp"
#include "runtime/http/server_session.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include <exception>
#include <optional>
#include <thread>
#include <utility>

namespace souk::runtime {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t kRefusedAtOnce = 64;  // connections above the limit that still get a 503
constexpr std::chrono::milliseconds kAcceptPause{100};
constexpr std::chrono::milliseconds kAbortPause{100};

Result<> check_settings(const ServerSettings& settings) {
    const bool counts = settings.io_threads >= 1 && settings.io_threads <= 16 &&
                        settings.worker_threads >= 1 && settings.worker_threads <= 1024 &&
                        settings.max_connections >= 1;
    const bool sizes = settings.max_header_bytes >= 1024 && settings.max_header_bytes <= (1U << 20U) &&
                       settings.outbox.messages >= 1 && settings.outbox.bytes >= 1;
    if (!counts || !sizes) {
        return fail(ErrorCode::InvalidInput, "HTTP server: a thread count or limit is out of bounds");
    }
    return {};
}

tl::unexpected<Error> bind_error(const ServerSettings& settings, const error_code& error) {
    const auto where = settings.address + ":" + std::to_string(settings.port);
    if (error == asio::error::address_in_use) {
        return fail(ErrorCode::Conflict, "cannot listen on " + where + ": the address is in use",
                    "AddressInUse");
    }
    const bool forbidden = error == asio::error::access_denied;
    return fail(forbidden ? ErrorCode::Forbidden : ErrorCode::InvalidInput,
                "cannot listen on " + where + ": " + error.message());
}

}  // namespace

class Server::Impl {
public:
    Impl(const ServerSettings& settings, Handler handler, ErrorRenderer errors, Observer observer)
        : core_{.settings = settings,
                .handler = std::move(handler),
                .errors = std::move(errors),
                .observer = std::move(observer),
                .workers =
                    ServerWorkers(static_cast<std::size_t>(settings.worker_threads), settings.worker_queue),
                .connections = {},
                .draining = false,
                .stop = {}},
          io_(settings.io_threads),
          acceptor_(asio::make_strand(io_)),
          retry_(acceptor_.get_executor()) {}

    Result<> start() {
        if (started_) {
            return fail(ErrorCode::Internal, "the HTTP server was started before");
        }
        return check_settings(core_.settings).and_then([this] { return listen(); }).map([this] { run(); });
    }

    std::uint16_t port() const { return port_; }
    std::size_t connections() const { return core_.connections.size(); }

    void shutdown(std::chrono::milliseconds patience) {
        if (!started_ || std::exchange(stopped_, true)) {
            return;
        }
        core_.draining = true;
        asio::post(acceptor_.get_executor(), [this] {
            error_code ignored;  // it is closed afterwards in any case
            acceptor_.close(ignored);
            retry_.cancel();
        });
        for (const auto& connection : core_.connections.open()) {
            connection->drain();
        }
        if (!core_.connections.wait_until_empty(std::chrono::steady_clock::now() + patience)) {
            core_.stop.request_stop();
            core_.workers.refuse();
        }
        do {  // again, for connections that were being handed over (accept, upgrade) at the time of the first
              // round
            for (const auto& connection : core_.connections.open()) {
                connection->abort();
            }
        } while (!core_.connections.wait_until_empty(std::chrono::steady_clock::now() + kAbortPause));
        core_.workers.join();
        work_.reset();  // nothing is pending now, so the I/O threads run out of work
        threads_.clear();
    }

private:
    Result<> listen() {
        error_code error;
        const auto address = asio::ip::make_address(core_.settings.address, error);
        if (error) {
            return fail(ErrorCode::InvalidInput,
                        "HTTP server: \"" + core_.settings.address + "\" is not an IP address");
        }
        const tcp::endpoint endpoint(address, core_.settings.port);
        acceptor_.open(endpoint.protocol(), error);
        if (!error) {
            acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
        }
        if (!error) {
            acceptor_.bind(endpoint, error);
        }
        if (!error) {
            acceptor_.listen(asio::socket_base::max_listen_connections, error);
        }
        if (!error) {
            port_ = acceptor_.local_endpoint(error).port();
        }
        if (error) {
            error_code ignored;
            acceptor_.close(ignored);
            return bind_error(core_.settings, error);
        }
        return {};
    }

    void run() {
        started_ = true;
        core_.workers.start();
        asio::post(acceptor_.get_executor(), [this] { accept(); });
        for (int i = 0; i < core_.settings.io_threads; ++i) {
            threads_.emplace_back([this] { loop(); });
        }
    }

    void loop() {
        while (true) {
            try {
                io_.run();
                return;
            } catch (const std::exception& error) {
                // An observer or on_close callback broke its promise. Only its connection suffers.
                report_fault(std::string("I/O thread: ") + error.what());
            } catch (...) {
                report_fault("I/O thread: something that is no exception");
            }
        }
    }

    void report_fault(std::string what) const noexcept {
        try {
            Exchange exchange;
            exchange.status = 500;
            exchange.fault = std::move(what);
            core_.report(exchange);
        } catch (...) {  // the observer itself is broken; there is nobody left to tell
            return;
        }
    }

    void accept() {
        if (core_.draining) {
            return;
        }
        acceptor_.async_accept(asio::make_strand(io_), [this](error_code error, tcp::socket socket) {
            if (core_.draining || error == asio::error::operation_aborted) {
                return;
            }
            if (error) {  // out of file descriptors, mostly: wait until some are free
                retry_.expires_after(kAcceptPause);
                retry_.async_wait([this](error_code stopped) {
                    if (!stopped) {
                        accept();
                    }
                });
                return;
            }
            const auto open = core_.connections.size();
            if (open < core_.settings.max_connections + kRefusedAtOnce) {
                open_session(std::move(socket), core_, open >= core_.settings.max_connections);
            }
            accept();
        });
    }

    ServerCore core_;
    asio::io_context io_;
    asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
    tcp::acceptor acceptor_;
    asio::steady_timer retry_;
    std::uint16_t port_ = 0;
    bool started_ = false;
    bool stopped_ = false;
    std::vector<std::jthread> threads_;  // last: joined before the rest goes away
};

Server::Server(const ServerSettings& settings, Handler handler, ErrorRenderer errors, Observer observer)
    : impl_(std::make_unique<Impl>(settings, std::move(handler), std::move(errors), std::move(observer))) {}

Server::~Server() { shutdown(std::chrono::milliseconds(0)); }

Result<> Server::start() { return impl_->start(); }
std::uint16_t Server::port() const { return impl_->port(); }
std::size_t Server::connections() const { return impl_->connections(); }
void Server::shutdown(std::chrono::milliseconds patience) { impl_->shutdown(patience); }

}  // namespace souk::runtime
