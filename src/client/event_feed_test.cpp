#include "client/event_feed.hpp"

#include "client/test_server.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace souk::client {
namespace {

using testing::sse;
using testing::stream_of;
using testing::TestClient;
using testing::TestServer;

constexpr const char* kEvents = "GET /api/v1/stores/tea/events";
constexpr std::chrono::seconds kPatience{20};

/// Reads until so many events came; other notices are written down as one letter each.
std::vector<std::int64_t> read_events(EventFeed& feed, std::size_t count, std::string& others) {
    std::vector<std::int64_t> numbers;
    while (numbers.size() < count) {
        const auto notice = feed.next(kPatience);
        if (!notice) {
            others += "!";
            break;
        }
        switch (notice->kind) {
            case EventFeed::Kind::Event:
                numbers.push_back(notice->event.number);
                break;
            case EventFeed::Kind::Opened:
                others += "O";
                break;
            case EventFeed::Kind::Resync:
                others += "R";
                break;
            case EventFeed::Kind::Lost:
                others += "L";
                break;
            case EventFeed::Kind::Nothing:
                others += "N";
                return numbers;
        }
    }
    return numbers;
}

TEST(EventFeed, GoesOnBehindTheLastEventWhenTheStreamIsCut) {
    TestServer server;
    server.on(kEvents, [](const auto&, int call) {
        const std::string half = "id: 8\nevent: store.step\ndata: {\"num";
        return call == 0
                   ? stream_of("retry: 50\nid: 5\n\n" + sse(6, "store.step") + sse(7, "store.step") + half)
                   : stream_of(sse(7, "store.step") + sse(8, "store.step"), true);
    });
    const TestClient client(server);
    EventFeed feed(client.api, "tea");
    std::string others;
    EXPECT_EQ(read_events(feed, 3, others), (std::vector<std::int64_t>{6, 7, 8})) << "none twice, none lost";
    EXPECT_EQ(others, "OLO");
    const auto requests = server.requests(kEvents);
    ASSERT_EQ(requests.size(), 2U);
    EXPECT_FALSE(requests[0].headers.contains("Last-Event-ID"));
    EXPECT_EQ(requests[0].headers.value("Accept"), "text/event-stream");
    EXPECT_EQ(requests[1].headers.value("Last-Event-ID"), "7");
}

TEST(EventFeed, ResumesFromTheBeginningsPositionWhenNoEventCameYet) {
    TestServer server;
    server.on(kEvents, [](const auto&, int call) {
        return call == 0 ? stream_of("id: 41\n\n") : stream_of(sse(42, "store.phase"), true);
    });
    const TestClient client(server);
    EventFeed feed(client.api, "tea");
    std::string others;
    EXPECT_EQ(read_events(feed, 1, others), (std::vector<std::int64_t>{42}));
    EXPECT_EQ(server.requests(kEvents).at(1).headers.value("Last-Event-ID"), "41");
}

TEST(EventFeed, TellsWhenEventsWereMissedAndGoesOnFromThere) {
    TestServer server;
    server.on(kEvents, [](const auto&, int) {
        return stream_of("id: 3\nevent: resync\ndata: {\"number\":3}\n\n" + sse(4, "store.phase"), true);
    });
    const TestClient client(server);
    EventFeed feed(client.api, "tea", "900");
    std::string others;
    EXPECT_EQ(read_events(feed, 1, others), (std::vector<std::int64_t>{4}));
    EXPECT_EQ(others, "OR");
}

TEST(EventFeed, SkipsAHintAndKeepsItsPlace) {
    const std::string hint = "event: objects\ndata: {\"stores\":[\"str_1\"]}\n\n";
    TestServer server;
    server.on(kEvents, [&](const auto&, int call) {
        return call == 0 ? stream_of("retry: 50\nid: 5\n\n" + hint + sse(6, "store.step") + hint)
                         : stream_of(hint + sse(7, "store.step"), true);
    });
    const TestClient client(server);
    EventFeed feed(client.api, "tea");
    std::string others;
    EXPECT_EQ(read_events(feed, 2, others), (std::vector<std::int64_t>{6, 7}));
    EXPECT_EQ(others, "OLO") << "nothing is said of it";
    EXPECT_EQ(server.requests(kEvents).at(1).headers.value("Last-Event-ID"), "6");
}

TEST(EventFeed, ARefusalIsFinal) {
    for (const int status : {401, 404, 410}) {
        TestServer server;
        server.on(kEvents, status, R"({"detail":"no","code":"refused"})");
        const TestClient client(server);
        EventFeed feed(client.api, "tea");
        const auto notice = feed.next(kPatience);
        ASSERT_FALSE(notice) << status;
        EXPECT_EQ(notice.error().status, status);
        EXPECT_EQ(notice.error().error.message, "no");
        EXPECT_EQ(server.requests(kEvents).size(), 1U);
    }
}

TEST(EventFeed, WaitsAsLongAsABusyServerAsks) {
    TestServer server;
    server.on(kEvents, [](const auto& request, int call) {
        auto busy = runtime::render_problem(&request, 503, "overloaded", "busy");
        busy.headers.set("Retry-After", "9");
        return call == 0 ? busy : stream_of(sse(1, "store.phase"), true);
    });
    const TestClient client(server);
    EventFeed feed(client.api, "tea");
    std::string others;
    EXPECT_EQ(read_events(feed, 1, others).size(), 1U);
    ASSERT_EQ(client.delays.size(), 1U);
    EXPECT_GE(client.delays[0], std::chrono::seconds(9));
}

TEST(EventFeed, GivesUpOnAServerThatWasNeverThere) {
    TestServer server;
    server.on(kEvents, 503, "{}");
    const TestClient client(server);
    EventFeed feed(client.api, "tea");
    std::string others;
    EXPECT_TRUE(read_events(feed, 1, others).empty());
    EXPECT_EQ(others, "LLL!");
}

TEST(EventFeed, EndsWithAStop) {
    TestServer server;
    server.on(kEvents, [](const auto&, int) { return stream_of("id: 1\n\n", true); });
    std::stop_source stop;
    const TestClient client(server, stop.get_token());
    EventFeed feed(client.api, "tea");
    ASSERT_TRUE(feed.next(kPatience));
    stop.request_stop();
    const auto notice = feed.next(kPatience);
    ASSERT_FALSE(notice);
    EXPECT_EQ(notice.error().error.code, ErrorCode::Cancelled);
}

}  // namespace
}  // namespace souk::client
