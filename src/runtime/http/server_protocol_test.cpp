#include "runtime/http/server_protocol.hpp"

#include <gtest/gtest.h>

namespace souk::runtime {
namespace {

TEST(HeadScanner, FindsTheEndOfAHeadThatComesByteByByte) {
    const ServerSettings settings;
    HeadScanner scanner(settings);
    const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    const auto all = head + "body";
    for (std::size_t size = 1; size < head.size(); ++size) {
        const auto outcome = scanner.scan(std::string_view(all).substr(0, size));
        ASSERT_FALSE(outcome.refusal);
        ASSERT_EQ(outcome.head_bytes, 0U);
    }
    EXPECT_EQ(scanner.scan(all).head_bytes, head.size());
}

TEST(HeadScanner, RefusesBeforeTheHeadIsComplete) {
    using namespace std::string_literals;
    const ServerSettings settings{.max_header_bytes = 1024, .max_target_bytes = 100, .max_header_count = 3};
    const auto refusal = [&](const std::string& text) {
        const auto outcome = HeadScanner(settings).scan(text);
        return outcome.refusal ? outcome.refusal->status : 0;
    };
    EXPECT_EQ(refusal("GET / HTTP/1.1\n"), 400);
    EXPECT_EQ(refusal("GET / HTTP/1.1\rX"), 400);
    EXPECT_EQ(refusal("\r\nGET / HTTP/1.1\r\n"), 400);
    EXPECT_EQ(refusal("GET / HTTP/1.1\r\nA: b\r\n c\r\n"), 400);
    EXPECT_EQ(refusal("GET / HTTP/1.1\r\nA: \0"s), 400);
    EXPECT_EQ(refusal("GET /" + std::string(200, 'a')), 414);
    EXPECT_EQ(refusal("GET / HTTP/1.1\r\nA: " + std::string(1024, 'a')), 431);
    EXPECT_EQ(refusal("GET / HTTP/1.1\r\nA: 1\r\nA: 2\r\nA: 3\r\n"), 0);
    EXPECT_EQ(refusal("GET / HTTP/1.1\r\nA: 1\r\nA: 2\r\nA: 3\r\nA: 4\r\n"), 431);
}

TEST(RequestId, KeepsASaneOneAndReplacesAllOthers) {
    EXPECT_EQ(choose_request_id(Headers{{"x-request-id", "Abc-1._"}}), "Abc-1._");
    for (const auto& given :
         {std::string(), std::string(65, 'a'), std::string("a b"), std::string("a\"b"), std::string("a/b")}) {
        EXPECT_EQ(choose_request_id(Headers{{"X-Request-Id", given}}).size(), 32U) << given;
    }
    EXPECT_EQ(choose_request_id(Headers{{"X-Request-Id", "a"}, {"X-Request-Id", "b"}}).size(), 32U);
    EXPECT_NE(choose_request_id({}), choose_request_id({}));
}

TEST(ResponseHead, HasLengthDateAndRequestId) {
    const auto head = format_head(
        Response::text(200, "hello"),
        {.keep_alive = true, .request_id = "r1", .now = std::chrono::system_clock::from_time_t(784111777)});
    EXPECT_EQ(head,
              "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nX-Request-Id: r1\r\n"
              "Content-Type: text/plain; charset=utf-8\r\nContent-Length: 5\r\n\r\n");
}

TEST(ResponseHead, SaysHowTheConnectionGoesOn) {
    const auto response = Response::empty(204);
    const auto head = [&](bool http11, bool keep_alive) {
        return format_head(response, {.framing = Framing::None,
                                      .http11 = http11,
                                      .keep_alive = keep_alive,
                                      .request_id = "r",
                                      .now = {}});
    };
    EXPECT_NE(head(true, false).find("Connection: close"), std::string::npos);
    EXPECT_EQ(head(true, true).find("Connection"), std::string::npos);
    EXPECT_NE(head(false, true).find("Connection: keep-alive"), std::string::npos);
    EXPECT_EQ(head(true, true).find("Content-Length"), std::string::npos);
}

TEST(Chunk, HasItsSizeInHexadecimal) {
    EXPECT_EQ(format_chunk(std::string(26, 'x')), "1a\r\n" + std::string(26, 'x') + "\r\n");
    EXPECT_EQ(format_chunk(""), "");
}

}  // namespace
}  // namespace souk::runtime
