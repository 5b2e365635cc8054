#include "tests/integration/api_browser.hpp"
#include "tests/integration/api_world.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace souk::test {
namespace {

constexpr const char* kNobody = "Authorization: \r\n";

TEST(ApiSessions, ASessionOpensTheApiLikeTheToken) {
    ApiWorld world;
    Browser browser(world);
    const auto opened = browser.with_token();
    ASSERT_EQ(opened.status, 201) << opened.body;
    const std::string set = opened.header("Set-Cookie");
    EXPECT_EQ(set.find("souk-session="), 0U) << set;
    EXPECT_NE(set.find("; Path=/; HttpOnly; SameSite=Strict; Max-Age=604800"), std::string::npos) << set;
    EXPECT_EQ(set.find("Secure"), std::string::npos) << "over plain HTTP a browser would drop it";
    EXPECT_EQ(opened.body.find(set.substr(13, set.find(';') - 13)), std::string::npos) << "never in a body";
    EXPECT_EQ(browser.get("/api/v1/plans").status, 200);
    EXPECT_EQ(browser.get("/docs").status, 200);
    const auto own = browser.get("/api/v1/session");
    EXPECT_EQ(own.status, 200);
    EXPECT_EQ(own.text("id"), opened.text("id"));
    EXPECT_EQ(own.text("csrf_token"), opened.text("csrf_token"));
    EXPECT_EQ(world.get("/api/v1/session").status, 401) << "a token is no session";
}

TEST(ApiSessions, BehindHttpsTheCookieBelongsToTheHostAlone) {
    ApiWorld world([](http::ApiSettings& settings) { settings.origin = "https://souk.example"; });
    Browser browser(world);
    const std::string set = browser.with_token().header("Set-Cookie");
    EXPECT_EQ(set.find("__Host-souk-session="), 0U) << set;
    EXPECT_TRUE(set.ends_with("; Secure")) << set;
    EXPECT_EQ(set.find("Domain"), std::string::npos);
    const auto plans = browser.get("/api/v1/plans");
    EXPECT_EQ(plans.status, 200);
    EXPECT_EQ(plans.header("Strict-Transport-Security"), "max-age=31536000");
    browser.cookie.replace(browser.cookie.find("__Host-"), 7, "");
    EXPECT_EQ(browser.get("/api/v1/plans").status, 401) << "one that a subdomain could have planted";
}

TEST(ApiSessions, OverPlainHttpPeopleSignInAtLoopbackOrWhereItIsMeant) {
    ApiWorld world;
    const std::string body = R"({"token":")" + world.token + "\"}";
    const auto at = [&](const std::string& host) {
        auto reply = RawClient(world.port())
                         .ask("POST /api/v1/session HTTP/1.1\r\nHost: " + host +
                              "\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: " +
                              std::to_string(body.size()) + "\r\n\r\n" + body);
        return ApiAnswer{reply.status, std::move(reply.head), std::move(reply.body)};
    };
    for (const char* host : {"souk.example", "souk", "192.0.2.7:8080", "localhost.example",
                             "127.evil.example", "[2001:db8::1]"}) {
        const auto answer = at(host);
        EXPECT_EQ(answer.status, 403) << host;
        EXPECT_EQ(answer.code(), "https_required") << host;
        EXPECT_EQ(answer.header("Set-Cookie"), "") << host;
    }
    for (const char* host : {"localhost", "souk.localhost", "127.0.0.1", "[::1]"}) {
        EXPECT_EQ(at(host).header("Set-Cookie").find("souk-session="), 0U) << host;
    }
    EXPECT_EQ(at("127.0.0.1:8081").header("Set-Cookie").find("souk-session-8081="), 0U);
    EXPECT_EQ(at("[::1]:8081").header("Set-Cookie").find("souk-session-8081="), 0U);
}

TEST(ApiSessions, AWriteNeedsTheCsrfTokenAndAPageOfOurs) {
    ApiWorld world;
    Browser browser(world);
    ASSERT_EQ(browser.with_token().status, 201);
    const std::string body = R"({"engine":"tiny","name":"Green Tea"})";
    const std::string token = browser.csrf;
    for (const std::string& wrong :
         {std::string(), std::string("X-CSRF-Token: \r\n"), std::string("X-CSRF-Token: 0000\r\n"),
          "X-CSRF-Token: x" + token.substr(14)}) {
        browser.csrf = wrong;
        const auto answer = browser.write("POST", "/api/v1/stores", body);
        EXPECT_EQ(answer.status, 403) << wrong;
        EXPECT_EQ(answer.code(), "csrf_refused") << wrong;
    }
    browser.csrf = token;
    for (const char* origin :
         {"https://evil.example", "null", "http://souk.evil.example", "http://souk:81"}) {
        const auto answer =
            browser.write("POST", "/api/v1/stores", body, "Origin: " + std::string(origin) + "\r\n");
        EXPECT_EQ(answer.status, 403) << origin;
        EXPECT_EQ(answer.code(), "origin_refused") << origin;
    }
    EXPECT_EQ(world.stores(), 0U);
    EXPECT_EQ(browser.write("POST", "/api/v1/stores", body, "Origin: http://souk.localhost\r\n").status, 202);
    EXPECT_EQ(browser.write("DELETE", "/api/v1/sessions/ses_x").status, 404) << "without an Origin, too";
}

TEST(ApiSessions, BehindAProxyOnlyItsOriginIsOurs) {
    ApiWorld world([](http::ApiSettings& settings) { settings.origin = "https://souk.example"; });
    const std::string body = R"({"token":")" + world.token + "\"}";
    Browser browser(world);
    EXPECT_EQ(browser.sign_in(body, "Origin: http://souk.localhost\r\n").code(), "origin_refused");
    EXPECT_EQ(browser.sign_in(body, "Origin: http://souk.example\r\n").code(), "origin_refused");
    EXPECT_EQ(browser.sign_in(body, "Origin: https://souk.example\r\n").status, 201);
}

TEST(ApiSessions, APageOfAnotherSiteSignsNobodyIn) {
    ApiWorld world;
    Browser browser(world);
    const auto answer =
        browser.sign_in(R"({"token":")" + world.token + "\"}", "Origin: https://evil.example\r\n");
    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(answer.code(), "origin_refused");
    EXPECT_EQ(answer.header("Set-Cookie"), "");
}

TEST(ApiSessions, AWrongProofAnswersInTheSameWordsAndTheEleventhHasToWait) {
    ApiWorld world;
    Browser browser(world);
    for (int i = 0; i < 10; ++i) {
        const auto answer = browser.sign_in(i % 2 == 0 ? R"({"token":"wrong"})" : R"({"code":"wrong"})");
        EXPECT_EQ(answer.status, 401);
        EXPECT_EQ(answer.text("detail"), "this token or code is not valid, or it is no longer");
        EXPECT_EQ(answer.header("Set-Cookie"), "");
    }
    const auto answer = browser.with_token();
    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(answer.code(), "too_many_attempts");
    EXPECT_EQ(answer.header("Retry-After"), "300");
}

TEST(ApiSessions, AProofIsATokenOrACode) {
    ApiWorld world;
    Browser browser(world);
    EXPECT_EQ(browser.sign_in("{}").status, 422);
    EXPECT_EQ(browser.sign_in(R"({"token":"a","code":"b"})").status, 422);
    EXPECT_EQ(browser.sign_in(R"({"token":7})").pointers(), "/token");
    EXPECT_EQ(world.raw("POST", "/api/v1/session", "token=x", "Content-Type: text/plain\r\n").status, 415);
}

TEST(ApiSessions, ALinkSignsInOnce) {
    ApiWorld world([](http::ApiSettings& settings) { settings.base_path = "/shops"; });
    const auto made = world.post("/api/v1/sign-in-codes");
    ASSERT_EQ(made.status, 201) << made.body;
    const std::string code = made.text("code");
    EXPECT_EQ(made.text("url"), "http://souk.localhost/shops/#code=" + code);
    const std::string body = R"({"code":")" + code + "\"}";
    Browser person(world);
    Browser thief(world);
    EXPECT_EQ(person.sign_in(body).status, 201);
    EXPECT_EQ(thief.sign_in(body).status, 401);
    EXPECT_EQ(person.get("/api/v1/plans").status, 200);
    EXPECT_EQ(world.raw("POST", "/api/v1/sign-in-codes", {}, kNobody).status, 401);
    EXPECT_EQ(person.write("POST", "/api/v1/sign-in-codes").status, 201) << "for another device";
}

TEST(ApiSessions, LogOutEndsTheSessionAndClearsTheCookie) {
    ApiWorld world;
    Browser browser(world);
    ASSERT_EQ(browser.with_token().status, 201);
    const std::string csrf = std::exchange(browser.csrf, {});
    EXPECT_EQ(browser.write("DELETE", "/api/v1/session").code(), "csrf_refused");
    browser.csrf = csrf;
    const auto out = browser.write("DELETE", "/api/v1/session");
    EXPECT_EQ(out.status, 204);
    EXPECT_NE(out.header("Set-Cookie").find("souk-session=; Path=/"), std::string::npos);
    EXPECT_NE(out.header("Set-Cookie").find("Max-Age=0"), std::string::npos);
    EXPECT_EQ(browser.get("/api/v1/session").status, 401);
    EXPECT_EQ(browser.get("/api/v1/plans").text("detail"), "a valid token or session is needed");
    EXPECT_EQ(browser.write("DELETE", "/api/v1/session").status, 401);
}

TEST(ApiSessions, OneBrowserSeesAndEndsTheOther) {
    ApiWorld world;
    Browser here(world);
    Browser there(world);
    ASSERT_EQ(there.sign_in(R"({"token":")" + world.token + "\"}", "User-Agent: Phone/\xff 1\r\n").status,
              201);
    ASSERT_EQ(here.with_token().status, 201);
    const auto list = here.get("/api/v1/sessions").json().at("sessions").as_array();
    ASSERT_EQ(list.size(), 2U);
    EXPECT_TRUE(list[0].at("current").as_bool());
    EXPECT_FALSE(list[1].at("current").as_bool());
    EXPECT_EQ(list[1].at("agent").as_string(), "Phone/? 1");
    EXPECT_EQ(list[1].at("address").as_string(), "127.0.0.1");
    EXPECT_FALSE(list[0].as_object().contains("csrf_token"));
    const std::string other(list[1].at("id").as_string());
    EXPECT_EQ(here.write("DELETE", "/api/v1/sessions/" + other).status, 204);
    EXPECT_EQ(there.get("/api/v1/plans").status, 401);
    EXPECT_EQ(here.get("/api/v1/plans").status, 200);
}

/// A stream of events and a WebSocket that a browser has open.
struct Listening {
    Listening(ApiWorld& world, const Browser& browser) : stream(world.port()), socket(world.port()) {
        stream.send("GET /api/v1/events HTTP/1.1\r\nHost: souk.localhost\r\nAccept: text/event-stream\r\n" +
                    browser.cookie + "\r\n");
        EXPECT_NE(stream.read_until("retry: 2000").find("200 OK"), std::string::npos);
        socket.send(
            "GET /api/v1/events/ws HTTP/1.1\r\nHost: souk.localhost\r\nConnection: Upgrade\r\nUpgrade: "
            "websocket\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: "
            "http://souk.localhost\r\n" +
            browser.cookie + "\r\n");
        EXPECT_NE(socket.read_until("ready").find("101"), std::string::npos);
        static_cast<void>(stream.read_until("\r\n"));  // the end of the first chunk, and of the first message
        static_cast<void>(socket.read_until("}"));
    }
    RawClient stream;
    RawClient socket;
};

TEST(ApiSessions, EndingASessionEndsItsStreams) {
    ApiWorld world;
    Browser here(world);
    Browser there(world);
    ASSERT_EQ(here.with_token().status, 201);
    const std::string other = there.with_token().text("id");
    Listening open(world, there);
    EXPECT_EQ(here.write("DELETE", "/api/v1/sessions/" + other).status, 204);
    EXPECT_EQ(open.stream.read_until("\r\n"), "0\r\n") << "the last chunk";
    EXPECT_EQ(open.socket.read_frame().first, 8) << "a closing frame";
}

TEST(ApiSessions, ASessionThatExpiresEndsItsStreamsAndUseKeepsThemOpen) {
    ApiWorld world;
    const std::string store = world.create("Green Tea");
    Browser used(world);
    Browser idle(world);
    ASSERT_EQ(used.with_token().status, 201);
    ASSERT_EQ(idle.with_token().status, 201);
    Listening kept(world, used);
    Listening lost(world, idle);
    world.end_expired();
    world.pass(std::chrono::hours(11));
    ASSERT_EQ(used.get("/api/v1/plans").status, 200) << "moves its end by twelve hours";
    world.pass(std::chrono::hours(1));
    world.end_expired();
    EXPECT_EQ(lost.stream.read_until("\r\n"), "0\r\n") << "the last chunk";
    EXPECT_EQ(lost.socket.read_frame().first, 8) << "a closing frame";
    world.add_events(store, 1);
    EXPECT_NE(kept.stream.read_until("store.step"), "") << "still open";
    EXPECT_NE(kept.socket.read_until("store.step"), "") << "still open";
}

TEST(ApiSessions, AWeekIsTheEndOfAStreamHoweverMuchItsSessionIsUsed) {
    ApiWorld world;
    Browser browser(world);
    ASSERT_EQ(browser.with_token().status, 201);
    Listening open(world, browser);
    for (int i = 0; i < 15; ++i) {
        world.pass(std::chrono::hours(11));
        ASSERT_EQ(browser.get("/api/v1/plans").status, 200) << i;
        world.end_expired();
    }
    world.pass(std::chrono::hours(3));
    world.end_expired();
    EXPECT_EQ(open.stream.read_until("\r\n"), "0\r\n") << "the last chunk";
    EXPECT_EQ(open.socket.read_frame().first, 8) << "a closing frame";
}

TEST(ApiSessions, TheTokenInTheHeaderWinsOverTheCookie) {
    ApiWorld world;
    Browser browser(world);
    ASSERT_EQ(browser.with_token().status, 201);
    EXPECT_EQ(world.get("/api/v1/plans", browser.cookie + "Authorization: Bearer wrong\r\n").status, 401);
    EXPECT_EQ(world.post("/api/v1/sign-in-codes", {}, browser.cookie).status, 201) << "no browser adds it";
}

TEST(ApiSessions, TwoCookiesOfTheNameAreNone) {
    ApiWorld world;
    Browser browser(world);
    ASSERT_EQ(browser.with_token().status, 201);
    const std::string pair = browser.cookie.substr(8, browser.cookie.size() - 10);
    EXPECT_EQ(world.raw("GET", "/api/v1/plans", {}, "Cookie: a=b; " + pair + " ;c\r\n").status, 200);
    EXPECT_EQ(world.raw("GET", "/api/v1/plans", {}, "Cookie: " + pair + "; souk-session=x\r\n").status, 401);
    EXPECT_EQ(world.raw("GET", "/api/v1/plans", {}, "Cookie: x" + pair + "\r\n").status, 401);
}

TEST(ApiSessions, WithACookieOnlyOurPageOpensAWebSocket) {
    ApiWorld world;
    Browser browser(world);
    ASSERT_EQ(browser.with_token().status, 201);
    const auto open = [&](const std::string& headers) {
        RawClient client(world.port());
        return client
            .ask(
                "GET /api/v1/events/ws HTTP/1.1\r\nHost: souk.localhost\r\nConnection: Upgrade\r\n"
                "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                headers + "\r\n")
            .status;
    };
    EXPECT_EQ(open(browser.cookie + "Origin: http://souk.localhost\r\n"), 101);
    EXPECT_EQ(open(browser.cookie + "Origin: http://evil.example\r\n"), 403);
    EXPECT_EQ(open(browser.cookie), 403) << "every browser names the page that asks";
    EXPECT_EQ(open("Cookie: souk-session=wrong\r\nOrigin: http://souk.localhost\r\n"), 401);
}

}  // namespace
}  // namespace souk::test
