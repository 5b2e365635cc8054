#pragma once

#include "runtime/http/server_core.hpp"
#include "runtime/http/server_session.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

/// Internal to server_session.cpp: the socket work of one connection, in steps that are member functions of
/// `Derived`.
namespace souk::runtime {

/// At most one read, one write and one alarm are pending. Each keeps the connection alive. `epoch_` tells a
/// completion that the connection has moved on without it. Everything runs on the stream's strand. `Derived`
/// has `close()`.
template <class Derived>
class SessionIo : public Connection, public std::enable_shared_from_this<Derived> {
protected:
    using ErrorCodeIo = boost::system::error_code;
    using Step = void (Derived::*)();
    using ReadStep = void (Derived::*)(ErrorCodeIo, std::size_t);

    explicit SessionIo(ServerStream stream)
        : executor_(stream.get_executor()), stream_(std::move(stream)), timer_(executor_) {}

    /// Reads something into the front of `inbox_`.
    void read(ReadStep then) {
        stream_.async_read_some(boost::asio::buffer(inbox_), [self = this->shared_from_this(), epoch = epoch_,
                                                              then](ErrorCodeIo error, std::size_t size) {
            if (epoch == self->SessionIo::epoch_) {
                ((*self).*then)(error, size);
            }
        });
    }

    /// Sends all of `out_` under the alarm that is set already.
    void write(Step then) {
        writing_ = true;
        written_ = 0;
        progress_limit_ = std::chrono::milliseconds(0);
        write_some(then);
    }

    /// Sends all of `out_`. Closes when the client takes nothing for `limit`.
    void write_within(std::chrono::milliseconds limit, Step then) {
        writing_ = true;
        written_ = 0;
        progress_limit_ = limit;
        write_some(then);
    }

    /// One alarm at a time: setting another forgets the one before.
    void expire_after(std::chrono::milliseconds delay, Step then) {
        const auto alarm = ++alarm_;
        timer_.expires_after(delay);
        timer_.async_wait([self = this->shared_from_this(), alarm, then](ErrorCodeIo error) {
            if (!error && alarm == self->SessionIo::alarm_) {
                ((*self).*then)();
            }
        });
    }

    void forget_alarm() {
        ++alarm_;
        timer_.cancel();
    }

    /// Completions of what is pending now will be ignored.
    void abandon_pending() {
        ++epoch_;
        forget_alarm();
        ErrorCodeIo ignored;  // a closed socket has nothing pending
        stream_.cancel(ignored);
    }

    void shut() {
        ++epoch_;
        forget_alarm();
        ErrorCodeIo ignored;  // closing must not fail for a peer that has left
        stream_.shutdown(boost::asio::socket_base::shutdown_both, ignored);
        stream_.close(ignored);
    }

    const boost::asio::any_io_executor executor_;  // also when a WebSocket has taken the stream
    ServerStream stream_;
    std::array<char, 16U << 10U> inbox_{};
    std::string out_;
    bool writing_ = false;

private:
    void write_some(Step then) {
        if (progress_limit_.count() > 0) {
            expire_after(progress_limit_, &Derived::close);
        }
        stream_.async_write_some(
            boost::asio::buffer(out_.data() + written_, out_.size() - written_),
            [self = this->shared_from_this(), epoch = epoch_, then](ErrorCodeIo error, std::size_t size) {
                if (epoch == self->SessionIo::epoch_) {
                    self->SessionIo::wrote(error, size, then);
                }
            });
    }

    void wrote(ErrorCodeIo error, std::size_t size, Step then) {
        auto& derived = static_cast<Derived&>(*this);
        written_ += size;
        if (error) {
            derived.close();
        } else if (written_ < out_.size()) {
            write_some(then);
        } else {
            writing_ = false;
            out_.clear();
            if (progress_limit_.count() > 0) {
                forget_alarm();
            }
            (derived.*then)();
        }
    }

    boost::asio::steady_timer timer_;
    std::uint64_t epoch_ = 0;
    std::uint64_t alarm_ = 0;
    std::size_t written_ = 0;
    std::chrono::milliseconds progress_limit_{0};
};

}  // namespace souk::runtime
