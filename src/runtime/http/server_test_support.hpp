#pragma once

#include "runtime/http/router.hpp"
#include "runtime/http/server.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// For the tests of the server only: a client that can misbehave, and a server that remembers its exchanges.
namespace souk::runtime::testing {

inline constexpr std::chrono::seconds kPatience{
    20};  // for what must happen; a test that waits so long has failed

/// A blocking TCP connection to the server under test. It reads at most `kPatience`.
class RawClient {
public:
    explicit RawClient(std::uint16_t port, int receive_buffer = 0)
        : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        timeval limit{.tv_sec = kPatience.count(), .tv_usec = 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        if (receive_buffer > 0) {
            ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        }
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket API wants it
        connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;
    ~RawClient() { close(); }

    bool connected() const { return connected_; }

    bool send(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) {
                return false;
            }
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    /// Reads until the text is there; what follows it stays for the next call. Empty when it never comes.
    std::string read_until(std::string_view mark) {
        const auto end = std::chrono::steady_clock::now() + kPatience;  // heartbeats go on for ever
        for (std::size_t at = input_.find(mark); true; at = input_.find(mark)) {
            if (at != std::string::npos) {
                return take(at + mark.size());
            }
            if (std::chrono::steady_clock::now() > end || !receive()) {
                return {};
            }
        }
    }

    std::string read_bytes(std::size_t count) {
        while (input_.size() < count) {
            if (!receive()) {
                return {};
            }
        }
        return take(count);
    }

    /// Everything until the server ends the connection; nothing when it does not.
    std::optional<std::string> read_to_end() {
        while (receive()) {
        }
        return ended_ ? std::optional(take(input_.size())) : std::nullopt;
    }

    struct Reply {
        int status = 0;
        std::string head;
        std::string body;
    };

    /// One response with Content-Length (or without body).
    Reply read_reply(bool has_body = true) {
        Reply reply;
        reply.head = read_until("\r\n\r\n");
        if (reply.head.size() > 12) {
            reply.status = std::stoi(reply.head.substr(9, 3));
        }
        constexpr std::string_view kLength = "Content-Length: ";
        const auto length = reply.head.find(kLength);
        if (has_body && length != std::string::npos) {
            reply.body = read_bytes(std::stoul(reply.head.substr(length + kLength.size())));
        }
        return reply;
    }

    Reply ask(std::string_view request) {
        send(request);
        return read_reply();
    }

    /// One server frame of a WebSocket: opcode (0-15) and payload.
    std::pair<int, std::string> read_frame() {
        const auto head = read_bytes(2);
        if (head.empty()) {
            return {-1, {}};
        }
        std::size_t size = static_cast<unsigned char>(head[1]) & 0x7fU;
        if (size == 126) {
            const auto more = read_bytes(2);
            size = static_cast<std::size_t>(static_cast<unsigned char>(more[0])) * 256 +
                   static_cast<unsigned char>(more[1]);
        }
        return {static_cast<unsigned char>(head[0]) & 0x0fU, read_bytes(size)};
    }

    /// Resets the connection like a client whose machine lost power and came back.
    void reset() {
        const linger hard{.l_onoff = 1, .l_linger = 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        close();
    }

    void close() {
        if (socket_ >= 0) {
            ::close(socket_);
            socket_ = -1;
        }
    }

private:
    bool receive() {
        std::vector<char> bytes(64U << 10U);
        const auto size = ::recv(socket_, bytes.data(), bytes.size(), 0);
        if (size <= 0) {
            ended_ = size == 0;
            return false;
        }
        input_.append(bytes.data(), static_cast<std::size_t>(size));
        return true;
    }

    std::string take(std::size_t count) {
        auto out = input_.substr(0, count);
        input_.erase(0, count);
        return out;
    }

    int socket_;
    bool connected_ = false;
    bool ended_ = false;
    std::string input_;
};

/// A masked frame as clients send it; the mask is zero, so the payload stays readable.
inline std::string client_frame(int opcode, std::string_view payload) {
    std::string out;
    out.push_back(static_cast<char>(0x80 | opcode));
    if (payload.size() < 126) {
        out.push_back(static_cast<char>(0x80U | payload.size()));
    } else if (payload.size() < 65536) {
        out.push_back(static_cast<char>(0x80 | 126));
        out.push_back(static_cast<char>(payload.size() >> 8U));
        out.push_back(static_cast<char>(payload.size() & 0xffU));
    } else {
        out.push_back(static_cast<char>(0x80 | 127));
        for (unsigned shift = 64; shift > 0; shift -= 8) {
            out.push_back(static_cast<char>((payload.size() >> (shift - 8)) & 0xffU));
        }
    }
    return out.append(4, '\0').append(payload);
}

inline std::string upgrade_request(std::string_view path) {
    return "GET " + std::string(path) +
           " HTTP/1.1\r\nHost: souk\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: "
           "13\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
}

inline std::string get(std::string_view path, std::string_view more = {}) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: souk\r\n" + std::string(more) + "\r\n";
}

/// A door that handlers wait at until the test opens it.
class Gate {
public:
    void open() { opened_.set_value(); }
    bool wait() const { return door_.wait_for(kPatience) == std::future_status::ready; }

private:
    std::promise<void> opened_;
    std::shared_future<void> door_ = opened_.get_future().share();
};

class TestServer {
public:
    explicit TestServer(ServerSettings settings = {}) : settings_(std::move(settings)) {}

    Router router{render_problem};

    std::uint16_t start() {
        server_.emplace(
            settings_, [this](Request& request) { return router.handle(request); }, render_problem,
            [this](const Exchange& exchange) {
                const std::scoped_lock lock(mutex_);
                exchanges_.push_back(exchange);
                changed_.notify_all();
            });
        const auto started = server_->start();
        EXPECT_TRUE(started) << started.error().message;
        return server_->port();
    }

    Server& server() { return *server_; }

    void on(std::string_view method, std::string_view pattern, RouteHandler handler) {
        EXPECT_TRUE(router.add(method, pattern, std::move(handler)));
    }

    /// The exchange number `index`, as soon as it is there.
    Exchange exchange(std::size_t index) {
        std::unique_lock lock(mutex_);
        if (!changed_.wait_for(lock, kPatience, [&] { return exchanges_.size() > index; })) {
            ADD_FAILURE() << "exchange " << index << " never happened";
            return {};
        }
        return exchanges_[index];
    }

private:
    ServerSettings settings_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Exchange> exchanges_;
    std::optional<Server> server_;  // last: its threads use the members above
};

}  // namespace souk::runtime::testing
