#include "runtime/http/response.hpp"

#include "runtime/http/error_renderer.hpp"
#include "runtime/http/etag.hpp"

#include <gtest/gtest.h>

namespace souk::runtime {
namespace {

TEST(Response, RefusesHeadersThatWouldBreakTheMessage) {
    using namespace std::string_literals;
    EXPECT_TRUE(check_response(Response::text(200, "hi").with_header("X-Note", "tab\tand \xc3\xbc")));
    for (const auto& value : {"a\r\nSet-Cookie: b"s, "a\nb"s, "a\rb"s, "a\0b"s, "\x7f"s, "\x1b[0m"s}) {
        EXPECT_FALSE(check_response(Response::empty().with_header("X-Note", value))) << value;
    }
    for (const auto* name : {"", "a b", "a:", "a\r\n", "\xc3\xbc", "(a)"}) {
        EXPECT_FALSE(check_response(Response::empty().with_header(name, "v"))) << name;
    }
}

TEST(Response, RefusesFramingHeadersOfHandlers) {
    for (const auto* name :
         {"Content-Length", "transfer-encoding", "Connection", "Upgrade", "Trailer", "Keep-Alive"}) {
        EXPECT_FALSE(check_response(Response::empty().with_header(name, "1"))) << name;
    }
}

TEST(Response, RefusesImpossibleStatusAndBody) {
    EXPECT_FALSE(check_response(Response::empty(100)));
    EXPECT_FALSE(check_response(Response::empty(101)));
    EXPECT_FALSE(check_response(Response::empty(600)));
    EXPECT_FALSE(check_response(Response::text(204, "body")));
    EXPECT_FALSE(check_response(Response::text(304, "body")));
    EXPECT_TRUE(check_response(Response::empty(304)));
    EXPECT_TRUE(check_response(Response::websocket([](const WebSocketPtr&) {})));
    EXPECT_TRUE(check_response(Response::event_stream([](const EventStreamPtr&) {})));
}

TEST(Response, HeadersCompareWithoutCase) {
    Headers headers{{"Set-Cookie", "a=1"}, {"set-cookie", "b=2"}, {"X-A", "1"}};
    EXPECT_EQ(headers.count("SET-COOKIE"), 2U);
    headers.set("x-a", "2");
    EXPECT_EQ(headers.value("X-A"), "2");
    EXPECT_EQ(headers.size(), 3U);
    headers.remove("Set-Cookie");
    EXPECT_EQ(headers.find("set-cookie"), nullptr);
    EXPECT_TRUE(list_has_token("keep-alive, Upgrade", "upgrade"));
    EXPECT_FALSE(list_has_token("upgrades", "upgrade"));
}

TEST(Response, ProblemEscapesWhatItRepeats) {
    Request request;
    request.request_id = "id-1";
    const auto response = render_problem(&request, 400, "bad", "say \"no\"");
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(
        response.body,
        R"({"type":"about:blank","title":"Bad Request","status":400,"detail":"say \"no\"","code":"bad","request_id":"id-1"})");
}

TEST(Etag, IfNoneMatchComparesWeakly) {
    const auto etag = make_etag("3.17");
    EXPECT_EQ(etag, "\"3.17\"");
    for (const auto* header : {"*", "\"3.17\"", "W/\"3.17\"", "\"a\", W/\"3.17\"", "\"a\",\"3.17\""}) {
        EXPECT_TRUE(if_none_match_holds(header, etag)) << header;
    }
    for (const auto* header : {"", "3.17", "\"3.1\"", "\"3.17", "W/", "\"a\" b \"3.17\""}) {
        EXPECT_FALSE(if_none_match_holds(header, etag)) << header;
    }
}

}  // namespace
}  // namespace souk::runtime
