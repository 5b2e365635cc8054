#include "adapters/engines/checks.hpp"
#include "adapters/engines/test_engine.hpp"
#include "runtime/http/client_curl.hpp"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

// The checks over a real connection: what the client does with a server that is slow, large or lies.

namespace souk::contract {
namespace {

using ::testing::HasSubstr;

/// Answers every connection with the same bytes and keeps the last request; a thread of its own.
class OneAnswerServer {
public:
    explicit OneAnswerServer(std::string answer, bool hold = false)
        : answer_(std::move(answer)), hold_(hold) {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
        EXPECT_EQ(::listen(listener_, 16), 0);
        EXPECT_EQ(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size), 0);
        port_ = ntohs(address.sin_port);
        thread_ = std::jthread([this] { serve(); });
    }
    ~OneAnswerServer() {
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
        for (const int held : held_) {
            ::close(held);
        }
    }
    int port() const { return port_; }
    std::string request() {
        const std::scoped_lock lock(mutex_);
        return request_;
    }

private:
    void serve() {
        while (true) {
            const int peer = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (peer < 0) {
                return;
            }
            std::string got;
            std::string piece(4096, '\0');
            while (got.find("\r\n\r\n") == std::string::npos) {
                const ssize_t count = ::recv(peer, piece.data(), piece.size(), 0);
                if (count <= 0) {
                    break;
                }
                got.append(piece, 0, static_cast<std::size_t>(count));
            }
            {
                const std::scoped_lock lock(mutex_);
                request_ = got;
            }
            std::size_t sent = 0;
            while (sent < answer_.size()) {
                const ssize_t count =
                    ::send(peer, answer_.data() + sent, answer_.size() - sent, MSG_NOSIGNAL);
                if (count <= 0) {
                    break;
                }
                sent += static_cast<std::size_t>(count);
            }
            if (hold_) {
                held_.push_back(peer);
            } else {
                ::close(peer);
            }
        }
    }

    const std::string answer_;
    const bool hold_;
    int listener_ = -1;
    int port_ = 0;
    std::mutex mutex_;
    std::string request_;
    std::vector<int> held_;
    std::jthread thread_;
};

std::string answer(const std::string& body, const std::string& headers = "") {
    return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body;
}

class EngineChecksOverHttp : public ::testing::Test {
protected:
    EngineChecksOverHttp() {
        CheckStep step;
        step.name = "page";
        step.path = "/shop?x=1";
        step.statuses = {200};
        step.body_contains = {"product"};
        engine_.checks = {{"page", "Page", true, false, {step}}};
    }

    std::string run(int port, std::chrono::milliseconds timeout = std::chrono::seconds(10)) {
        const Store store = engines::test_store();
        app::CheckRequest request;
        request.store = &store;
        request.engine = &engine_;
        request.address = {"ann.shops.example", "http://ann.shops.example"};
        engines::HttpEngineChecks checks(
            client_, {.entry_address = "127.0.0.1", .entry_port = port, .timeout = timeout});
        const auto result = checks.run(request, {});
        if (!result) {
            return "outer: " + std::string(to_string(result.error().code));
        }
        return *result ? (*result)->message : "";
    }

    Engine engine_;
    runtime::CurlHttpClient client_;
};

TEST_F(EngineChecksOverHttp, ResolveTheStoresHostWithoutAnEntryPoint) {
    const auto checked_at = [this](const std::string& url) {
        const Store store = engines::test_store();
        app::CheckRequest request;
        request.store = &store;
        request.engine = &engine_;
        request.address = {url.substr(7, url.rfind(':') - 7), url};
        engines::HttpEngineChecks checks(client_, {});
        const auto result = checks.run(request, {});
        return !result ? result.error().reason : *result ? (*result)->message : "passed";
    };
    OneAnswerServer server(answer("a product"));
    EXPECT_EQ(checked_at("http://localhost:" + std::to_string(server.port())), "passed");
    EXPECT_THAT(server.request(), HasSubstr("Host: localhost:" + std::to_string(server.port())));
    EXPECT_EQ(checked_at("http://nobody.invalid:80"), "EntryUnreachable");
}

TEST_F(EngineChecksOverHttp, ConnectToTheEntryPointWithTheStoresHost) {
    OneAnswerServer server(answer("a product"));
    EXPECT_EQ(run(server.port()), "");
    EXPECT_THAT(server.request(), HasSubstr("GET /shop?x=1 HTTP/1.1\r\n"));
    EXPECT_THAT(server.request(), HasSubstr("Host: ann.shops.example\r\n"));
}

TEST_F(EngineChecksOverHttp, StopReadingAnAnswerThatIsTooLarge) {
    OneAnswerServer server(answer(std::string(std::size_t{3} << 20U, 'x')));
    EXPECT_THAT(run(server.port()), HasSubstr("larger than 2 MiB"));
}

TEST_F(EngineChecksOverHttp, DoNotWaitForEver) {
    OneAnswerServer server("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", true);
    EXPECT_THAT(run(server.port(), std::chrono::milliseconds(200)), HasSubstr("no whole answer"));
}

TEST_F(EngineChecksOverHttp, FailOnWhatIsNotHttp) {
    OneAnswerServer server("SSH-2.0-nonsense\r\n");
    EXPECT_NE(run(server.port()), "");
}

TEST_F(EngineChecksOverHttp, KnowNothingWhenNobodyListens) {
    int port = 0;
    {
        OneAnswerServer server("");
        port = server.port();
    }
    EXPECT_EQ(run(port), "outer: Unavailable");
}

}  // namespace
}  // namespace souk::contract
