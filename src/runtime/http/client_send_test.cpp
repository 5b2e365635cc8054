#include "runtime/http/client_curl.hpp"
#include "runtime/http/client_test_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <thread>

namespace souk::runtime {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kEmptyAnswer = "HTTP/1.1 204 No Content\r\n\r\n";

TEST(HttpHeaders, FindIgnoresCaseAndDuplicatesAreKept) {
    HttpHeaders headers{{"Set-Cookie", "a=1"}, {"ETag", "x"}, {"set-cookie", "b=2"}};
    EXPECT_EQ(headers.find("etag"), "x");
    EXPECT_FALSE(headers.find("Et"));
    EXPECT_THAT(headers.find_all("SET-COOKIE"), ElementsAre("a=1", "b=2"));
    headers.set("SET-cookie", "c=3");
    EXPECT_THAT(headers.find_all("Set-Cookie"), ElementsAre("c=3"));
}

TEST(HttpClientSend, SendsMethodHeadersAndBodyAndReturnsTheAnswer) {
    std::promise<std::string> seen;
    RawServer server([&](RawPeer& peer) {
        seen.set_value(peer.read_request());
        peer.answer("fine", "Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n");
    });
    CurlHttpClient client;
    const auto response = client.send({.method = "PATCH",
                                       .url = server.url("/x?y=1"),
                                       .headers = {{"Accept", "text/plain"}, {"X-Empty", ""}},
                                       .body = "hello"},
                                      {});
    ASSERT_TRUE(response) << response.error().message;
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->body, "fine");
    EXPECT_THAT(response->headers.find_all("set-cookie"), ElementsAre("a=1", "b=2"));
    const auto request = seen.get_future().get();
    EXPECT_TRUE(request.starts_with("PATCH /x?y=1 HTTP/1.1\r\n")) << request;
    EXPECT_THAT(request, HasSubstr("\r\nAccept: text/plain\r\n"));
    EXPECT_THAT(request, HasSubstr("\r\nX-Empty:\r\n"));
    EXPECT_THAT(request, Not(HasSubstr("Expect:")));
    EXPECT_THAT(request, Not(HasSubstr("Content-Type:")));
    EXPECT_TRUE(request.ends_with("\r\n\r\nhello")) << request;
}

TEST(HttpClientSend, AnEmptyPostStillSaysItsLength) {
    std::promise<std::string> seen;
    RawServer server([&](RawPeer& peer) {
        seen.set_value(peer.read_request());
        peer.send(kEmptyAnswer);
    });
    CurlHttpClient client;
    ASSERT_TRUE(client.send({.method = "POST", .url = server.url()}, {}));
    EXPECT_THAT(seen.get_future().get(), HasSubstr("\r\nContent-Length: 0\r\n"));
}

TEST(HttpClientSend, HeadHasNoBodyWhateverTheLengthSays) {
    RawServer server([](RawPeer& peer) {
        peer.read_request();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n");
    });
    CurlHttpClient client;
    const auto response = client.send({.method = "HEAD", .url = server.url()}, {});
    ASSERT_TRUE(response) << response.error().message;
    EXPECT_EQ(response->headers.find("content-length"), "999999999");
}

TEST(HttpClientSend, AnErrorStatusIsAnAnswer) {
    RawServer server([](RawPeer& peer) {
        peer.read_request();
        peer.send("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone");
    });
    CurlHttpClient client;
    const auto response = client.send({.url = server.url()}, {});
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 404);
    EXPECT_EQ(response->body, "gone");
}

TEST(HttpClientSend, AnInterimAnswerIsNotTheAnswer) {
    RawServer server([](RawPeer& peer) {
        peer.read_request();
        peer.send("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n");
        peer.answer("real");
    });
    CurlHttpClient client;
    const auto response = client.send({.url = server.url()}, {});
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 200);
    EXPECT_FALSE(response->headers.find("X-Early"));
}

TEST(HttpClientSend, ARefusedConnectionIsUnavailable) {
    int port = 0;
    {
        const RawServer gone([](RawPeer&) {});
        port = gone.port();
    }
    CurlHttpClient client;
    const auto response = client.send({.url = "http://127.0.0.1:" + std::to_string(port)}, {});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::Unavailable);
}

TEST(HttpClientSend, AServerThatStallsIsATimeout) {
    RawServer server([](RawPeer& peer) { peer.wait_for_close(); });
    CurlHttpClient client;
    const auto response = client.send({.url = server.url(), .timeout = 150ms}, {});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::Timeout);
}

TEST(HttpClientSend, AServerThatDripsForeverIsATimeout) {
    RawServer server([](RawPeer& peer) {
        peer.read_request();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        pollfd client{peer.fd(), POLLIN, 0};
        while (::poll(&client, 1, 20) == 0) {  // readable: the client hung up
            peer.send("x");
        }
    });
    CurlHttpClient client;
    const auto response = client.send({.url = server.url(), .timeout = 300ms}, {});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::Timeout);
}

TEST(HttpClientSend, AnAnswerInSmallPiecesIsPutTogether) {
    RawServer server([](RawPeer& peer) {
        peer.read_request();
        for (const char c : std::string("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc")) {
            peer.send(std::string(1, c));
            std::this_thread::yield();
        }
    });
    CurlHttpClient client;
    const auto response = client.send({.url = server.url()}, {});
    ASSERT_TRUE(response);
    EXPECT_EQ(response->body, "abc");
}

TEST(HttpClientSend, ABodyShorterThanItsLengthIsUnavailable) {
    RawServer server([](RawPeer& peer) {
        peer.read_request();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ncut");
    });
    CurlHttpClient client;
    const auto response = client.send({.url = server.url()}, {});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::Unavailable);
}

TEST(HttpClientSend, ABodyLongerThanItsLengthDoesNotLeakIntoTheNextAnswer) {
    RawServer server([](RawPeer& peer) {
        while (!peer.read_request().empty()) {
            peer.send(
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: "
                "4\r\n\r\nevil");
        }
    });
    CurlHttpClient client;
    for (int i = 0; i < 2; ++i) {
        const auto response = client.send({.url = server.url()}, {});
        ASSERT_TRUE(response) << response.error().message;
        EXPECT_EQ(response->body, "ok");
    }
}

TEST(HttpClientSend, AResetIsUnavailable) {
    RawServer server([](RawPeer& peer) {
        peer.read_request();
        peer.reset();
    });
    CurlHttpClient client;
    const auto response = client.send({.url = server.url()}, {});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::Unavailable);
}

TEST(HttpClientSend, SomethingThatIsNotHttpIsInternal) {
    RawServer server([](RawPeer& peer) {
        peer.read_request();
        peer.send("SSH-2.0-OpenSSH_9.2\r\n");
    });
    CurlHttpClient client;
    const auto response = client.send({.url = server.url()}, {});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::Internal) << response.error().message;
}

TEST(HttpClientSend, AnAnswerAboveTheLimitIsRefusedWithASentence) {
    RawServer server([](RawPeer& peer) {
        peer.read_request();
        peer.answer(std::string(2000, 'x'));
    });
    CurlHttpClient client;
    const auto response = client.send({.url = server.url(), .max_response_bytes = 1999}, {});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::Internal);
    EXPECT_THAT(response.error().message, HasSubstr("larger than 1999 bytes"));
    const auto fits = client.send({.url = server.url(), .max_response_bytes = 2000}, {});
    EXPECT_TRUE(fits);
}

TEST(HttpClientSend, EndlessHeadersAreRefused) {
    RawServer server([](RawPeer& peer) {
        peer.read_request();
        peer.send("HTTP/1.1 200 OK\r\n");
        for (int i = 0; i < 5000; ++i) {
            peer.send("X-Filler: " + std::string(1000, 'x') + "\r\n");
        }
    });
    CurlHttpClient client;
    const auto response = client.send({.url = server.url()}, {});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::Internal);
}

TEST(HttpClientSend, AStopEndsTheCallAtOnce) {
    std::promise<void> asked;
    RawServer server([&](RawPeer& peer) {
        peer.read_request();
        asked.set_value();
        peer.wait_for_close();
    });
    CurlHttpClient client;
    std::stop_source stop;
    auto call =
        std::async(std::launch::async, [&] { return client.send({.url = server.url()}, stop.get_token()); });
    asked.get_future().wait();
    stop.request_stop();
    ASSERT_EQ(call.wait_for(10s), std::future_status::ready);
    const auto response = call.get();
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::Cancelled);
    const auto later = client.send({.url = server.url()}, stop.get_token());
    ASSERT_FALSE(later);
    EXPECT_EQ(later.error().code, ErrorCode::Cancelled);
}

TEST(HttpClientSend, WhatTheCallerGotWrongIsInvalidInput) {
    CurlHttpClient client;
    const std::vector<HttpRequest> wrong = {
        {.url = "not a url"},
        {.url = "ftp://127.0.0.1/"},
        {.url = "file:///etc/passwd"},
        {.method = "GET / HTTP/1.1\r\nX: y", .url = "http://127.0.0.1/"},
        {.url = "http://127.0.0.1/", .headers = {{"X-A", "1\r\nX-B: 2"}}},
        {.url = "http://127.0.0.1/", .headers = {{"X A", "1"}}},
        {.method = "POST", .url = "http://127.0.0.1/", .follow_redirects = true},
    };
    for (const auto& request : wrong) {
        const auto response = client.send(request, {});
        ASSERT_FALSE(response) << request.url;
        EXPECT_EQ(response.error().code, ErrorCode::InvalidInput) << request.url << response.error().message;
    }
}

TEST(HttpClientSend, MessagesNeverShowCredentials) {
    RawServer server([](RawPeer& peer) {
        peer.read_request();
        peer.reset();
    });
    CurlHttpClient client;
    const auto response = client.send(
        {.url = "http://user:hunter2@127.0.0.1:" + std::to_string(server.port()) + "/path?token=hunter2",
         .headers = {{"Authorization", "Bearer hunter2"}}},
        {});
    ASSERT_FALSE(response);
    EXPECT_THAT(response.error().message, Not(HasSubstr("hunter2")));
    EXPECT_THAT(response.error().message, HasSubstr("GET 127.0.0.1:" + std::to_string(server.port())));
}

TEST(HttpClientSend, ConnectionsAreReused) {
    RawServer server([](RawPeer& peer) {
        while (!peer.read_request().empty()) {
            peer.answer("x");
        }
    });
    CurlHttpClient client;
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(client.send({.url = server.url()}, {}));
    }
    EXPECT_EQ(server.connections(), 1);
}

TEST(HttpClientSend, AnOverrideChangesTheAddressButNotTheHost) {
    std::promise<std::string> seen;
    RawServer server([&](RawPeer& peer) {
        seen.set_value(peer.read_request());
        peer.answer("x");
    });
    CurlHttpClient client;
    const auto response = client.send(
        {.url = "http://shop.invalid/",
         .resolve =
             ResolveOverride{
                 .host = "shop.invalid", .port = 80, .address = "127.0.0.1", .address_port = server.port()}},
        {});
    ASSERT_TRUE(response) << response.error().message;
    EXPECT_THAT(seen.get_future().get(), HasSubstr("\r\nHost: shop.invalid\r\n"));
}

TEST(HttpClientSend, RedirectsAreFollowedOnlyWhenAsked) {
    RawServer server([](RawPeer& peer) {
        for (auto request = peer.read_request(); !request.empty(); request = peer.read_request()) {
            if (request.starts_with("GET /old")) {
                peer.send("HTTP/1.1 302 Found\r\nLocation: /new\r\nContent-Length: 3\r\n\r\nold");
            } else {
                peer.answer("new");
            }
        }
    });
    CurlHttpClient client;
    const auto plain = client.send({.url = server.url("/old")}, {});
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->status, 302);
    EXPECT_EQ(plain->body, "old");
    const auto followed = client.send({.url = server.url("/old"), .follow_redirects = true}, {});
    ASSERT_TRUE(followed);
    EXPECT_EQ(followed->status, 200);
    EXPECT_EQ(followed->body, "new");
    EXPECT_FALSE(followed->headers.find("Location"));
}

TEST(HttpClientSend, ManyThreadsShareOneClient) {
    RawServer server([](RawPeer& peer) {
        for (auto request = peer.read_request(); !request.empty(); request = peer.read_request()) {
            peer.answer(request.substr(5, request.find(" HTTP") - 5));
        }
    });
    CurlHttpClient client;
    std::atomic<int> right{0};
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 8; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 25; ++i) {
                    const auto id = std::to_string(t * 100 + i);
                    const auto response = client.send({.url = server.url("/" + id)}, {});
                    right += response && response->body == id ? 1 : 0;
                }
            });
        }
    }
    EXPECT_EQ(right, 200);
}

}  // namespace
}  // namespace souk::runtime
