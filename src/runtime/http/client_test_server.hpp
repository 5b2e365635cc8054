#pragma once

#include "runtime/process/unique_fd.hpp"
#include "runtime/threads/guarded.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <atomic>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace souk::runtime {

/// One accepted connection of a RawServer, in the hands of its script.
class RawPeer {
public:
    explicit RawPeer(int fd) : fd_(fd) {}

    /// Head and (by Content-Length) body of the next request; empty when the client is gone.
    std::string read_request() {
        std::string head;
        while (head.find("\r\n\r\n") == std::string::npos) {
            if (!read_more(head)) {
                return {};
            }
        }
        const auto at = head.find("Content-Length: ");
        const auto length = at == std::string::npos ? 0U : std::stoul(head.substr(at + 16));
        while (head.size() < head.find("\r\n\r\n") + 4 + length) {
            if (!read_more(head)) {
                return {};
            }
        }
        return head;
    }

    void send(std::string_view text) const {
        while (!text.empty()) {
            const auto sent = ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL);
            if (sent <= 0) {
                return;
            }
            text.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    void answer(std::string_view body, std::string_view more_headers = "") const {
        send("HTTP/1.1 200 OK\r\n" + std::string(more_headers) +
             "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body));
    }

    /// Blocks until the client has closed the connection (or the server ends).
    void wait_for_close() {
        std::string ignored;
        while (read_more(ignored)) {
        }
    }

    /// The client sees a reset instead of an end.
    void reset() const {
        const linger now{.l_onoff = 1, .l_linger = 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }

    int fd() const { return fd_; }

private:
    bool read_more(std::string& into) const {
        char buffer[4096];
        const auto got = ::recv(fd_, buffer, sizeof buffer, 0);
        if (got > 0) {
            into.append(buffer, static_cast<std::size_t>(got));
        }
        return got > 0;
    }

    int fd_;
};

/// Listens on a free port of the loopback and runs a script for each connection, which is closed when the
/// script returns. It knows nothing of HTTP, so that it can break every rule.
class RawServer {
public:
    using Script = std::function<void(RawPeer&)>;

    explicit RawServer(Script script)
        : script_(std::move(script)), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = ::inet_addr("127.0.0.1");
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        socklen_t size = sizeof address;
        if (::bind(listener_.get(), generic, size) != 0 || ::listen(listener_.get(), 64) != 0 ||
            ::getsockname(listener_.get(), generic, &size) != 0) {
            throw std::runtime_error("no free port");
        }
        port_ = (address.sin_port & 0xff) << 8 | address.sin_port >> 8;
        thread_ = std::jthread([this] { accept_all(); });
    }

    ~RawServer() {
        closing_ = true;
        ::shutdown(listener_.get(), SHUT_RDWR);
        thread_.join();
        peers_.with([](auto& peers) {
            for (const auto& peer : peers) {
                ::shutdown(peer.get(), SHUT_RDWR);
            }
        });
        scripts_.clear();
    }

    RawServer(const RawServer&) = delete;
    RawServer& operator=(const RawServer&) = delete;

    int port() const { return port_; }
    std::string url(std::string_view path = "/") const {
        return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
    }
    int connections() const { return connections_; }

private:
    void accept_all() {
        while (!closing_) {
            UniqueFd peer(::accept(listener_.get(), nullptr, nullptr));
            if (!peer.open()) {
                continue;
            }
            ++connections_;
            const int fd = peer.get();
            peers_.with([&](auto& peers) { peers.push_back(std::move(peer)); });
            scripts_.emplace_back([this, fd] { serve(fd); });
        }
    }

    void serve(int fd) {
        RawPeer peer(fd);
        script_(peer);
        peers_.with([&](auto& peers) { std::erase_if(peers, [&](const auto& p) { return p.get() == fd; }); });
    }

    const Script script_;
    UniqueFd listener_;
    int port_ = 0;
    std::atomic<bool> closing_{false};
    std::atomic<int> connections_{0};
    Guarded<std::vector<UniqueFd>> peers_;
    std::vector<std::jthread> scripts_;
    std::jthread thread_;
};

}  // namespace souk::runtime
