#include "runtime/http/server.hpp"

#include "runtime/http/server_test_support.hpp"

#include <atomic>
#include <stdexcept>
#include <thread>

namespace souk::runtime {
namespace {

using namespace std::chrono_literals;
using testing::Gate;
using testing::get;
using testing::kPatience;
using testing::RawClient;
using testing::TestServer;

Response echo(const Request& request) { return Response::text(200, request.method + " " + request.body); }

TEST(Server, KeepsConnectionsAliveAndAnswersPipelinedRequestsInOrder) {
    TestServer server;
    server.on("GET", "/{name}",
              [](const Request& request) { return Response::text(200, std::string(request.param("name"))); });
    RawClient client(server.start());
    EXPECT_EQ(client.ask(get("/one")).body, "one");
    ASSERT_TRUE(client.send(get("/two") + get("/three") + get("/four", "Connection: close\r\n")));
    EXPECT_EQ(client.read_reply().body, "two");
    EXPECT_EQ(client.read_reply().body, "three");
    const auto last = client.read_reply();
    EXPECT_EQ(last.body, "four");
    EXPECT_NE(last.head.find("Connection: close\r\n"), std::string::npos);
    EXPECT_EQ(client.read_to_end(), "");
}

TEST(Server, ReadsSizedAndChunkedBodiesAndDropsTrailers) {
    TestServer server;
    server.on("POST", "/", [](const Request& request) {
        return Response::text(200,
                              request.body + (request.headers.contains("X-Role") ? " with trailer" : ""));
    });
    RawClient client(server.start());
    EXPECT_EQ(client.ask("POST / HTTP/1.1\r\nHost: souk\r\nContent-Length: 5\r\n\r\nhello").body, "hello");
    const auto chunked = client.ask(
        "POST / HTTP/1.1\r\nHost: souk\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5;note=1\r\nhello\r\n6\r\n world\r\n0\r\nX-Role: admin\r\n\r\n");
    EXPECT_EQ(chunked.body, "hello world");
    EXPECT_EQ(server.exchange(1).bytes_in, 11U);
}

TEST(Server, AnnouncesThatItWaitsForABody) {
    TestServer server;
    server.on("POST", "/", echo);
    RawClient client(server.start());
    ASSERT_TRUE(
        client.send("POST / HTTP/1.1\r\nHost: souk\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"));
    EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_EQ(client.ask("ok").body, "POST ok");
}

TEST(Server, AnswersHeadWithTheLengthOnly) {
    TestServer server;
    server.on("GET", "/", [](const Request&) { return Response::text(200, "twelve bytes"); });
    RawClient client(server.start());
    ASSERT_TRUE(client.send("HEAD / HTTP/1.1\r\nHost: souk\r\n\r\n"));
    EXPECT_NE(client.read_reply(false).head.find("Content-Length: 12\r\n"), std::string::npos);
    EXPECT_EQ(client.ask(get("/")).body, "twelve bytes");
}

TEST(Server, SpeaksToHttp10Clients) {
    TestServer server;
    server.on("GET", "/", [](const Request&) { return Response::text(200, "hi"); });
    RawClient client(server.start());
    const auto kept = client.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_NE(kept.head.find("Connection: keep-alive"), std::string::npos);
    EXPECT_EQ(client.ask("GET / HTTP/1.0\r\n\r\n").body, "hi");
    EXPECT_EQ(client.read_to_end(), "");
}

TEST(Server, ReturnsTheRequestIdAndReportsTheExchange) {
    TestServer server;
    server.on("POST", "/stores/{id}", echo);
    RawClient client(server.start());
    const auto reply = client.ask(
        "POST /stores/a?b=c HTTP/1.1\r\nHost: souk\r\nX-Request-Id: req-7\r\nContent-Length: 2\r\n\r\nhi");
    EXPECT_NE(reply.head.find("X-Request-Id: req-7\r\n"), std::string::npos);
    const auto exchange = server.exchange(0);
    EXPECT_EQ(exchange.method, "POST");
    EXPECT_EQ(exchange.route, "/stores/{id}");
    EXPECT_EQ(exchange.path, "/stores/a");
    EXPECT_EQ(exchange.status, 200);
    EXPECT_EQ(exchange.bytes_in, 2U);
    EXPECT_EQ(exchange.bytes_out, 7U);
    EXPECT_EQ(exchange.request_id, "req-7");
    EXPECT_EQ(exchange.remote_address, "127.0.0.1");
    EXPECT_GT(exchange.duration.count(), 0);
    EXPECT_NE(client.ask(get("/nothing")).head.find("X-Request-Id: "), std::string::npos);
    EXPECT_EQ(server.exchange(1).status, 404);
}

TEST(Server, TurnsAHandlersBugIntoA500WithoutDetails) {
    TestServer server;
    server.on("GET", "/throws", [](const Request&) -> Response { throw std::runtime_error("secret place"); });
    server.on("GET", "/splits",
              [](const Request&) { return Response::empty().with_header("X-A", "b\r\nSet-Cookie: c"); });
    server.on("GET", "/fine", [](const Request&) { return Response::empty(); });
    RawClient client(server.start());
    const auto thrown = client.ask(get("/throws"));
    EXPECT_EQ(thrown.status, 500);
    EXPECT_EQ(thrown.body.find("secret"), std::string::npos);
    EXPECT_EQ(server.exchange(0).fault, "handler threw: secret place");
    const auto split = client.ask(get("/splits"));
    EXPECT_EQ(split.status, 500);
    EXPECT_EQ(split.head.find("Set-Cookie"), std::string::npos);
    EXPECT_NE(server.exchange(1).fault, "");
    EXPECT_EQ(client.ask(get("/fine")).status, 204);
}

TEST(Server, Answers503WhenAllWorkersAreBusyAndTheQueueIsFull) {
    TestServer server({.worker_threads = 1, .worker_queue = 0});
    Gate entered;
    Gate leave;
    server.on("GET", "/slow", [&](const Request&) {
        entered.open();
        return Response::text(leave.wait() ? 200 : 504, "done");
    });
    server.on("GET", "/fast", [](const Request&) { return Response::empty(); });
    const auto port = server.start();
    RawClient slow(port);
    ASSERT_TRUE(slow.send(get("/slow")));
    ASSERT_TRUE(entered.wait());
    RawClient second(port);
    const auto refused = second.ask(get("/fast"));
    EXPECT_EQ(refused.status, 503);
    EXPECT_NE(refused.head.find("Retry-After: 1\r\n"), std::string::npos);
    EXPECT_NE(refused.head.find("application/problem+json"), std::string::npos);
    leave.open();
    EXPECT_EQ(slow.read_reply().body, "done");
}

TEST(Server, Answers503ToConnectionsAboveTheLimit) {
    TestServer server({.max_connections = 1});
    server.on("GET", "/", [](const Request&) { return Response::empty(); });
    const auto port = server.start();
    RawClient first(port);
    EXPECT_EQ(first.ask(get("/")).status, 204);
    RawClient second(port);
    EXPECT_EQ(second.read_reply().status, 503);
    EXPECT_EQ(second.read_to_end(), "");
    EXPECT_EQ(first.ask(get("/")).status, 204);
}

TEST(Server, GivesUpOnSlowClients) {
    TestServer server({.header_timeout = 1s, .body_timeout = 1s, .idle_timeout = 1s});
    server.on("POST", "/", echo);
    const auto port = server.start();
    RawClient slow_head(port);
    ASSERT_TRUE(slow_head.send("GET / HT"));
    EXPECT_EQ(slow_head.read_reply().status, 408);
    EXPECT_EQ(slow_head.read_to_end(), "");
    RawClient slow_body(port);
    ASSERT_TRUE(slow_body.send("POST / HTTP/1.1\r\nHost: souk\r\nContent-Length: 5\r\n\r\nhel"));
    EXPECT_EQ(slow_body.read_reply().status, 408);
    RawClient told_to_go_on(port);
    ASSERT_TRUE(told_to_go_on.send(
        "POST / HTTP/1.1\r\nHost: souk\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"));
    EXPECT_EQ(told_to_go_on.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_EQ(told_to_go_on.read_reply().status, 408);
    RawClient silent(port);
    EXPECT_EQ(silent.read_to_end(), "");
}

TEST(Server, RefusesAnAddressInUseAndNonsense) {
    TestServer first;
    const auto port = first.start();
    const auto refused = [](ServerSettings settings) {
        const auto started = Server(std::move(settings), echo, render_problem).start();
        return started ? ErrorCode::Internal : started.error().code;
    };
    EXPECT_EQ(refused({.port = port}), ErrorCode::Conflict);
    EXPECT_EQ(refused({.address = "localhost"}), ErrorCode::InvalidInput);
    EXPECT_EQ(refused({.address = "192.0.2.1"}), ErrorCode::InvalidInput);
    EXPECT_EQ(refused({.worker_threads = 0}), ErrorCode::InvalidInput);
    EXPECT_FALSE(first.server().start());
}

TEST(Shutdown, LetsARunningRequestFinishAndClosesIdleConnections) {
    TestServer server;
    Gate entered;
    Gate leave;
    server.on("GET", "/slow", [&](const Request&) {
        entered.open();
        return Response::text(leave.wait() ? 200 : 504, "done");
    });
    server.on("GET", "/fast", [](const Request&) { return Response::empty(); });
    const auto port = server.start();
    RawClient idle(port);
    EXPECT_EQ(idle.ask(get("/fast")).status, 204);
    RawClient busy(port);
    ASSERT_TRUE(busy.send(get("/slow")));
    ASSERT_TRUE(entered.wait());
    std::jthread stopper([&] { server.server().shutdown(kPatience); });
    EXPECT_EQ(idle.read_to_end(), "");
    leave.open();
    const auto reply = busy.read_reply();
    EXPECT_EQ(reply.body, "done");
    EXPECT_NE(reply.head.find("Connection: close"), std::string::npos);
    stopper.join();
    EXPECT_EQ(server.server().connections(), 0U);
    EXPECT_FALSE(RawClient(port).connected());
}

TEST(Shutdown, AsksHandlersToStopAtTheDeadlineAndDropsTheQueue) {
    TestServer server({.worker_threads = 1, .worker_queue = 1});
    Gate entered;
    std::atomic<int> runs = 0;
    server.on("GET", "/", [&](const Request& request) {
        ++runs;
        entered.open();
        std::promise<void> stopped;
        const std::stop_callback on_stop(request.stop, [&] { stopped.set_value(); });
        return Response::empty(stopped.get_future().wait_for(kPatience) == std::future_status::ready ? 204
                                                                                                     : 504);
    });
    const auto port = server.start();
    RawClient running(port);
    ASSERT_TRUE(running.send(get("/")));
    ASSERT_TRUE(entered.wait());
    RawClient queued(port);
    ASSERT_TRUE(queued.send(get("/")));
    server.server().shutdown(50ms);
    EXPECT_EQ(runs, 1);
    EXPECT_EQ(server.exchange(0).status, 204);
}

TEST(Server, ServesManyClientsOnTwoIoThreads) {
    TestServer server({.io_threads = 2, .worker_queue = 1000});
    server.on("POST", "/{n}", echo);
    const auto port = server.start();
    std::atomic<int> good = 0;
    {
        std::vector<std::jthread> clients;
        for (int c = 0; c < 6; ++c) {
            clients.emplace_back([&] {
                RawClient client(port);
                for (int i = 0; i < 40; ++i) {
                    const auto body = std::to_string(i);
                    const auto reply =
                        client.ask("POST /" + body + " HTTP/1.1\r\nHost: souk\r\nContent-Length: " +
                                   std::to_string(body.size()) + "\r\n\r\n" + body);
                    good += reply.body == "POST " + body ? 1 : 0;
                }
            });
        }
    }
    EXPECT_EQ(good, 240);
}

}  // namespace
}  // namespace souk::runtime
