#include "runtime/http/server_test_support.hpp"

#include <thread>

namespace souk::runtime {
namespace {

using namespace std::chrono_literals;
using testing::client_frame;
using testing::Gate;
using testing::get;
using testing::kPatience;
using testing::RawClient;
using testing::TestServer;
using testing::upgrade_request;

/// A route "/events" whose stream the test gets hold of.
class Streaming : public ::testing::Test {
protected:
    std::uint16_t start(ServerSettings settings = {}) {
        server.emplace(std::move(settings));
        const auto on_open = [this](EventStreamPtr opened) {
            opened->on_close([this] { closed.open(); });
            stream.set_value(std::move(opened));
        };
        server->on("GET", "/events", [on_open](const Request&) { return Response::event_stream(on_open); });
        server->on("GET", "/log",
                   [on_open](const Request&) { return Response::stream("text/plain", on_open); });
        return server->start();
    }

    EventStreamPtr opened() {
        auto future = stream.get_future();
        return future.wait_for(kPatience) == std::future_status::ready ? future.get() : nullptr;
    }

    Gate closed;
    std::promise<EventStreamPtr> stream;
    std::optional<TestServer> server;
};

TEST_F(Streaming, DeliversEventsAsChunksAndEndsWithTheLastOne) {
    RawClient client(start());
    ASSERT_TRUE(client.send(get("/events")));
    const auto events = opened();
    ASSERT_TRUE(events);
    EXPECT_TRUE(events->send("data: 1\n\n"));
    const auto head = client.read_until("\r\n\r\n");
    EXPECT_NE(head.find("Content-Type: text/event-stream\r\n"), std::string::npos);
    EXPECT_NE(head.find("Transfer-Encoding: chunked\r\n"), std::string::npos);
    EXPECT_EQ(client.read_until("\n\n\r\n"), "9\r\ndata: 1\n\n\r\n");
    EXPECT_TRUE(events->send("data: 2\n\n"));
    EXPECT_EQ(client.read_until("\n\n\r\n"), "9\r\ndata: 2\n\n\r\n");
    events->close();
    EXPECT_FALSE(events->send("late"));
    EXPECT_EQ(client.read_to_end(), "0\r\n\r\n");
    EXPECT_TRUE(closed.wait());
    EXPECT_EQ(server->exchange(0).bytes_out, 18U);
}

TEST_F(Streaming, SendsPlainBytesToHttp10Clients) {
    RawClient client(start());
    ASSERT_TRUE(client.send("GET /log HTTP/1.0\r\n\r\n"));
    const auto log = opened();
    ASSERT_TRUE(log);
    EXPECT_TRUE(log->send("line\n"));
    log->close();
    const auto all = client.read_to_end().value_or("");
    EXPECT_EQ(all.substr(all.find("\r\n\r\n")), "\r\n\r\nline\n");
    EXPECT_EQ(all.find("chunked"), std::string::npos);
}

TEST_F(Streaming, BeatsOnASilentEventStream) {
    RawClient client(start({.heartbeat = 20ms}));
    ASSERT_TRUE(client.send(get("/events")));
    EXPECT_EQ(client.read_until("\r\n\r\n").substr(0, 15), "HTTP/1.1 200 OK");
    EXPECT_EQ(client.read_until("\n\n\r\n"), "3\r\n:\n\n\r\n");
    EXPECT_EQ(client.read_until("\n\n\r\n"), "3\r\n:\n\n\r\n");
}

TEST_F(Streaming, NoticesAVanishedClientWithoutWriting) {
    RawClient client(start());
    ASSERT_TRUE(client.send(get("/events")));
    const auto events = opened();
    ASSERT_TRUE(events);
    client.reset();
    EXPECT_TRUE(closed.wait());
    EXPECT_FALSE(events->send("late"));
}

TEST_F(Streaming, ClosesAClientThatDoesNotRead) {
    RawClient client(start(), 4096);
    ASSERT_TRUE(client.send(get("/events")));
    const auto events = opened();
    ASSERT_TRUE(events);
    const std::string event(128U << 10U, 'x');
    std::size_t sent = 0;
    while (events->send(event)) {
        ++sent;
        ASSERT_LT(sent, 10'000U);
    }
    EXPECT_TRUE(events->closed());
    EXPECT_TRUE(closed.wait());
}

TEST_F(Streaming, ProducerThatWaitsForRoomLosesNothing) {
    RawClient client(start({.outbox = {.messages = 2, .bytes = 1000}}));
    ASSERT_TRUE(client.send("GET /log HTTP/1.0\r\n\r\n"));
    const auto log = opened();
    ASSERT_TRUE(log);
    std::jthread producer([&] {
        for (int i = 0; i < 200; ++i) {
            EXPECT_TRUE(log->send_when_room("0123456789", kPatience));
        }
        log->close();
    });
    const auto all = client.read_to_end().value_or("");
    EXPECT_EQ(all.size() - all.find("\r\n\r\n") - 4, 2000U);
}

TEST_F(Streaming, AnswersHeadWithoutOpeningTheStream) {
    RawClient client(start());
    ASSERT_TRUE(client.send("HEAD /events HTTP/1.1\r\nHost: souk\r\n\r\n"));
    const auto reply = client.read_reply();
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(stream.get_future().wait_for(0s), std::future_status::timeout);
}

TEST_F(Streaming, ShutdownEndsTheStreamWithTheLastChunk) {
    RawClient client(start());
    ASSERT_TRUE(client.send(get("/events")));
    const auto events = opened();
    ASSERT_TRUE(events);
    ASSERT_NE(client.read_until("\r\n\r\n"), "");
    server->server().shutdown(kPatience);
    EXPECT_EQ(client.read_to_end(), "0\r\n\r\n");
    EXPECT_TRUE(closed.wait());
    EXPECT_FALSE(events->send("after the server"));
}

TEST_F(Streaming, PublishersMayGoOnDuringAndAfterShutdown) {
    RawClient client(start({.io_threads = 2}));
    ASSERT_TRUE(client.send(get("/events")));
    const auto events = opened();
    ASSERT_TRUE(events);
    std::vector<std::jthread> publishers;
    for (int i = 0; i < 3; ++i) {
        publishers.emplace_back([&] {
            while (events->send_when_room("data: x\n\n", kPatience)) {
            }
        });
    }
    std::jthread reader([&] { client.read_to_end(); });
    server.reset();
    EXPECT_TRUE(closed.wait());
    EXPECT_FALSE(events->send("after the server"));
}

class Sockets : public ::testing::Test {
protected:
    std::uint16_t start(ServerSettings settings = {}) {
        server.emplace(std::move(settings));
        server->on("GET", "/ws", [this](const Request&) {
            return Response::websocket([this](const WebSocketPtr& socket) {
                socket->on_message([socket](const std::string& text) {
                    if (text == "bye") {
                        socket->close(CloseCode::Normal, "as you wish");
                    } else if (text == "throw") {
                        throw std::runtime_error("bug");
                    } else {
                        socket->send("echo " + text);
                    }
                });
                socket->on_close([this] { closed.open(); });
                socket->send("welcome");
                opened.set_value(socket);
            });
        });
        return server->start();
    }

    static void upgrade(RawClient& client) {
        ASSERT_TRUE(client.send(upgrade_request("/ws")));
        const auto head = client.read_until("\r\n\r\n");
        EXPECT_EQ(head.substr(0, 12), "HTTP/1.1 101");
        EXPECT_NE(head.find("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), std::string::npos);
        EXPECT_NE(head.find("X-Request-Id: "), std::string::npos);
        EXPECT_EQ(head.find("permessage-deflate"), std::string::npos);
        EXPECT_EQ(head.find("Beast"), std::string::npos);
        EXPECT_EQ(client.read_frame(), (std::pair<int, std::string>{1, "welcome"}));
    }

    static std::pair<int, std::string> closing(RawClient& client) {
        const auto frame = client.read_frame();
        if (frame.first != 8 || frame.second.size() < 2) {
            return {-1, {}};
        }
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(frame.second[i]); };
        return {byte(0) * 256 + byte(1), frame.second.substr(2)};
    }

    Gate closed;
    std::promise<WebSocketPtr> opened;
    std::optional<TestServer> server;
};

TEST_F(Sockets, EchoMessagesInOrderAndCloseWhenAsked) {
    RawClient client(start());
    upgrade(client);
    ASSERT_TRUE(client.send(client_frame(1, "one") + client_frame(1, "two")));
    EXPECT_EQ(client.read_frame().second, "echo one");
    EXPECT_EQ(client.read_frame().second, "echo two");
    ASSERT_TRUE(client.send(client_frame(9, "ping")));
    EXPECT_EQ(client.read_frame(), (std::pair<int, std::string>{10, "ping"}));
    ASSERT_TRUE(client.send(client_frame(1, "bye")));
    EXPECT_EQ(closing(client), (std::pair<int, std::string>{1000, "as you wish"}));
    ASSERT_TRUE(client.send(client_frame(8, "\x03\xe8")));
    EXPECT_EQ(client.read_to_end(), "");
    client.close();
    EXPECT_TRUE(closed.wait());
    const auto exchange = server->exchange(0);
    EXPECT_EQ(exchange.status, 101);
    EXPECT_EQ(exchange.route, "/ws");
}

TEST_F(Sockets, RefuseBinaryMessages) {
    RawClient client(start());
    upgrade(client);
    ASSERT_TRUE(client.send(client_frame(2, "binary")));
    EXPECT_EQ(closing(client).first, 1003);
}

TEST_F(Sockets, RefuseMessagesThatAreTooBig) {
    RawClient client(start());
    upgrade(client);
    ASSERT_TRUE(client.send(client_frame(1, std::string((64U << 10U) + 1, 'x'))));
    EXPECT_EQ(closing(client).first, 1009);
    EXPECT_TRUE(closed.wait());
}

TEST_F(Sockets, RefuseTextThatIsNotUtf8) {
    RawClient client(start());
    upgrade(client);
    ASSERT_TRUE(client.send(client_frame(1, "\xff")));
    EXPECT_EQ(closing(client).first, 1007);
}

TEST_F(Sockets, CloseWith1011WhenACallbackThrows) {
    RawClient client(start());
    upgrade(client);
    ASSERT_TRUE(client.send(client_frame(1, "throw")));
    EXPECT_EQ(closing(client).first, 1011);
}

TEST_F(Sockets, CloseWith1001AtShutdown) {
    RawClient client(start());
    upgrade(client);
    std::jthread stopper([&] { server->server().shutdown(kPatience); });
    EXPECT_EQ(closing(client).first, 1001);
    ASSERT_TRUE(client.send(client_frame(8, "\x03\xe9")));
    EXPECT_EQ(client.read_to_end(), "");
    client.close();
    stopper.join();
    EXPECT_TRUE(closed.wait());
    EXPECT_FALSE(opened.get_future().get()->send("after the server"));
}

TEST_F(Sockets, AreCutAtTheDeadlineWhenTheClientIgnoresTheClose) {
    RawClient client(start());
    upgrade(client);
    server->server().shutdown(20ms);
    EXPECT_TRUE(closed.wait());
}

TEST_F(Sockets, NoticeAVanishedClient) {
    RawClient client(start());
    upgrade(client);
    client.reset();
    EXPECT_TRUE(closed.wait());
}

TEST_F(Sockets, EndWhenNobodyAnswersThePing) {
    RawClient client(start({.websocket_idle = 60ms}));
    upgrade(client);
    EXPECT_EQ(client.read_frame().first, 9);
    EXPECT_TRUE(closed.wait());
}

TEST_F(Sockets, CloseAClientThatDoesNotRead) {
    RawClient client(start(), 4096);
    upgrade(client);
    const auto socket = opened.get_future().get();
    const std::string message(64U << 10U, 'x');
    std::size_t sent = 0;
    while (socket->send(message)) {
        ASSERT_LT(++sent, 10'000U);
    }
    server->server().shutdown(20ms);
    EXPECT_TRUE(closed.wait());
}

TEST_F(Sockets, Answer426WithoutAnUpgrade) {
    RawClient client(start());
    const auto reply = client.ask(get("/ws"));
    EXPECT_EQ(reply.status, 426);
    EXPECT_NE(reply.head.find("Upgrade: websocket\r\n"), std::string::npos);
    EXPECT_EQ(
        client.ask(get("/ws", "Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 12\r\n"))
            .status,
        426);
}

}  // namespace
}  // namespace souk::runtime
