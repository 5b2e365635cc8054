#include "runtime/http/client_curl.hpp"
#include "runtime/http/client_test_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>

namespace souk::runtime {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kChunkedHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

/// Records what a stream reports; the client's thread writes, the test waits for named moments.
struct Recorder {
    StreamCallbacks callbacks() {
        return {.on_headers =
                    [this](const HttpResponseHead& head) {
                        status = head.status;
                        got_headers.set_value();
                    },
                .on_data =
                    [this](std::string_view data) {
                        body.with([&](std::string& text) { text += data; });
                        if (++pieces == 1) {
                            got_data.set_value();
                        }
                        return keep_going.load();
                    },
                .on_done =
                    [this](Result<> result) {
                        ++done_count;
                        done.set_value(std::move(result));
                    }};
    }

    Result<> outcome() {
        auto future = done.get_future();
        if (future.wait_for(10s) != std::future_status::ready) {
            return fail(ErrorCode::Internal, "on_done never came");
        }
        return future.get();
    }

    std::atomic<int> status{0};
    std::atomic<int> pieces{0};
    std::atomic<int> done_count{0};
    std::atomic<bool> keep_going{true};
    Guarded<std::string> body;
    std::promise<void> got_headers;
    std::promise<void> got_data;
    std::promise<Result<>> done;
};

TEST(HttpClientStream, DeliversChunksAsTheyComeAndTheEndOnce) {
    std::promise<void> go_on;
    RawServer server([&](RawPeer& peer) {
        peer.read_request();
        peer.send(kChunkedHead);
        peer.send("3\r\none\r\n");
        go_on.get_future().wait();
        peer.send("3\r\ntwo\r\n0\r\n\r\n");
    });
    CurlHttpClient client;
    Recorder recorder;
    const auto stream = client.stream({.url = server.url()}, recorder.callbacks());
    recorder.got_data.get_future().wait();  // before the server sends the rest
    EXPECT_EQ(recorder.body.copy(), "one");
    go_on.set_value();
    EXPECT_TRUE(recorder.outcome());
    stream->wait();
    stream->cancel();
    EXPECT_EQ(recorder.body.copy(), "onetwo");
    EXPECT_EQ(recorder.status, 200);
    EXPECT_EQ(recorder.done_count, 1);
}

TEST(HttpClientStream, HeadersComeBeforeAnyData) {
    RawServer server([](RawPeer& peer) {
        peer.read_request();
        peer.send(kChunkedHead);
        peer.wait_for_close();
    });
    CurlHttpClient client;
    Recorder recorder;
    const auto stream = client.stream({.url = server.url(), .timeout = 0ms}, recorder.callbacks());
    recorder.got_headers.get_future().wait();
    EXPECT_EQ(recorder.pieces, 0);
    stream->cancel();
    const auto outcome = recorder.outcome();
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::Cancelled);
}

TEST(HttpClientStream, AnErrorStatusDeliversItsBodyAndSucceeds) {
    RawServer server([](RawPeer& peer) {
        peer.read_request();
        peer.send("HTTP/1.1 410 Gone\r\nContent-Length: 3\r\n\r\nold");
    });
    CurlHttpClient client;
    Recorder recorder;
    const auto stream = client.stream({.url = server.url()}, recorder.callbacks());
    EXPECT_TRUE(recorder.outcome());
    EXPECT_EQ(recorder.status, 410);
    EXPECT_EQ(recorder.body.copy(), "old");
}

TEST(HttpClientStream, AStreamCutInTheMiddleIsUnavailable) {
    RawServer server([](RawPeer& peer) {
        peer.read_request();
        peer.send(kChunkedHead);
        peer.send("64\r\npart");
    });
    CurlHttpClient client;
    Recorder recorder;
    const auto stream = client.stream({.url = server.url()}, recorder.callbacks());
    const auto outcome = recorder.outcome();
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::Unavailable);
}

TEST(HttpClientStream, DroppingTheHandleCancels) {
    RawServer server([](RawPeer& peer) {
        peer.read_request();
        peer.send(kChunkedHead);
        peer.wait_for_close();
    });
    CurlHttpClient client;
    Recorder recorder;
    auto stream = client.stream({.url = server.url(), .timeout = 0ms}, recorder.callbacks());
    stream.reset();
    const auto outcome = recorder.outcome();
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::Cancelled);
}

TEST(HttpClientStream, AReaderThatHasEnoughEndsIt) {
    RawServer server([](RawPeer& peer) {
        peer.read_request();
        peer.send(kChunkedHead);
        peer.send("3\r\none\r\n");
        peer.wait_for_close();
    });
    CurlHttpClient client;
    Recorder recorder;
    recorder.keep_going = false;
    const auto stream = client.stream({.url = server.url(), .timeout = 0ms}, recorder.callbacks());
    const auto outcome = recorder.outcome();
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::Cancelled);
}

TEST(HttpClientStream, SilenceIsATimeoutAndSoIsTheHardLimit) {
    RawServer server([](RawPeer& peer) {
        peer.read_request();
        peer.send(kChunkedHead);
        peer.wait_for_close();
    });
    CurlHttpClient client;
    const std::vector<HttpRequest> requests = {{.url = server.url(), .timeout = 0ms, .idle_timeout = 2s},
                                               {.url = server.url(), .timeout = 2s}};
    for (const auto& request : requests) {
        Recorder recorder;
        const auto stream = client.stream(request, recorder.callbacks());
        const auto outcome = recorder.outcome();
        ASSERT_FALSE(outcome);
        EXPECT_EQ(outcome.error().code, ErrorCode::Timeout) << outcome.error().message;
        EXPECT_EQ(recorder.status, 200);
        stream->wait();
    }
}

TEST(HttpClientStream, AnExceptionInACallbackEndsOnlyItsOwnStream) {
    RawServer server([](RawPeer& peer) {
        peer.read_request();
        peer.answer("x");
    });
    CurlHttpClient client;
    Recorder recorder;
    auto callbacks = recorder.callbacks();
    callbacks.on_data = [](std::string_view) -> bool { throw std::runtime_error("bug"); };
    const auto stream = client.stream({.url = server.url()}, std::move(callbacks));
    const auto outcome = recorder.outcome();
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::Internal);
    EXPECT_TRUE(client.send({.url = server.url()}, {}));
}

TEST(HttpClientStream, ABlockingCallOnTheClientsThreadIsRefused) {
    RawServer server([](RawPeer& peer) {
        peer.read_request();
        peer.answer("x");
    });
    CurlHttpClient client;
    Recorder recorder;
    auto callbacks = recorder.callbacks();
    std::promise<Result<HttpResponse>> inner;
    callbacks.on_headers = [&](const HttpResponseHead&) {
        inner.set_value(client.send({.url = server.url()}, {}));
    };
    const auto stream = client.stream({.url = server.url()}, std::move(callbacks));
    const auto response = inner.get_future().get();
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::Internal);
    EXPECT_TRUE(recorder.outcome());
    stream->wait();
}

TEST(HttpClientStream, ABadRequestIsReportedThroughOnDone) {
    CurlHttpClient client;
    Recorder recorder;
    const auto stream = client.stream({.url = "nonsense://x"}, recorder.callbacks());
    const auto outcome = recorder.outcome();
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::InvalidInput);
}

TEST(HttpClientStream, TheEndOfTheClientEndsItsStreams) {
    RawServer server([](RawPeer& peer) {
        peer.read_request();
        peer.send(kChunkedHead);
        peer.wait_for_close();
    });
    Recorder recorder;
    std::unique_ptr<HttpStream> stream;
    {
        CurlHttpClient client;
        stream = client.stream({.url = server.url(), .timeout = 0ms}, recorder.callbacks());
        recorder.got_headers.get_future().wait();
    }
    EXPECT_EQ(recorder.done_count, 1);
    const auto outcome = recorder.outcome();
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::Cancelled);
    stream->cancel();
    stream->wait();
}

}  // namespace
}  // namespace souk::runtime
