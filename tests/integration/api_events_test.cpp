#include "tests/integration/api_world.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace souk::test {
namespace {

const std::string kAccept = "Accept: text/event-stream\r\n";
constexpr int kTextFrame = 1;
constexpr int kCloseFrame = 8;

std::int64_t newest(ApiWorld& world) {
    const auto body = world.get("/api/v1/events?page_size=1").json();
    return body.at("events").at(0).at("number").as_int64();
}

/// Three events of which only the last is kept; its number.
std::int64_t make_and_forget(ApiWorld& world) {
    world.add_events(world.create("Tea"), 3);
    {
        const auto tx = world.write();
        const auto removed = tx->events().remove_older_than(tx->now() + std::chrono::hours(1), 100);
        EXPECT_GE(removed.value_or(0), 3);
        EXPECT_TRUE(tx->commit("test_forget"));
    }
    return newest(world);
}

std::string id_line(std::int64_t number) { return "id: " + std::to_string(number) + "\n"; }

TEST(ApiEventStream, BeginsNowAndPushesWhatComes) {
    ApiWorld world;
    const auto id = world.create("Tea");
    const auto before = newest(world);
    RawClient client(world.port());
    client.send(world.head("/api/v1/events", kAccept));
    const auto begin = client.read_until(id_line(before) + "\n");
    EXPECT_NE(begin.find("Content-Type: text/event-stream"), std::string::npos);
    EXPECT_NE(begin.find("retry: "), std::string::npos);
    world.add_events(id, 1);
    const auto event = client.read_until("\n\n");
    EXPECT_NE(event.find(id_line(before + 1) + "event: store.step\ndata: {"), std::string::npos) << event;
    EXPECT_NE(event.find(R"("message":"line\nbreak")"), std::string::npos) << "one line of data: " << event;
}

TEST(ApiEventStream, ResumesAfterTheLastEventId) {
    ApiWorld world;
    const auto id = world.create("Tea");
    const auto before = newest(world);
    world.add_events(id, 3);
    RawClient client(world.port());
    client.send(world.head("/api/v1/events?after=0",
                           kAccept + "Last-Event-ID: " + std::to_string(before + 1) + "\r\n"));
    client.read_until("\n\n");  // the beginning
    const auto two = client.read_until(id_line(before + 3));
    EXPECT_EQ(two.find(id_line(before)), std::string::npos) << two;
    EXPECT_NE(two.find(id_line(before + 2)), std::string::npos) << two;
}

TEST(ApiEventStream, OfOneStoreHasNoOthers) {
    ApiWorld world;
    const auto mine = world.create("Mine");
    const auto other = world.create("Other");
    RawClient client(world.port());
    client.send(world.head("/api/v1/stores/mine/events?after=0", kAccept));
    client.read_until("store.requested");
    world.add_events(other, 2);
    world.add_events(mine, 1);
    const auto rest = client.read_until("store.step");
    EXPECT_EQ(rest.find(other), std::string::npos) << rest;
}

TEST(ApiEventStream, IsNarrowedByStoreAndType) {
    ApiWorld world;
    const auto mine = world.create("Mine");
    const auto other = world.create("Other");
    world.add_events(mine, 1);
    RawClient client(world.port());
    client.send(world.head("/api/v1/events?after=0&store=mine&type=store.step&type=store.ready", kAccept));
    const auto old = client.read_until("store.step");
    EXPECT_EQ(old.find("store.requested"), std::string::npos) << old;
    world.add_events(other, 1);
    world.change(mine, [](Store& store) { store.phase = Phase::Provisioning; });
    world.add_events(mine, 1);
    const auto fresh = client.read_until("event: store.step\n");
    EXPECT_EQ(fresh.find(other), std::string::npos) << fresh;
    EXPECT_EQ(world.get("/api/v1/stores/mine/events?store=other", kAccept).pointers(), "store");
    EXPECT_EQ(world.get("/api/v1/events?store=nobody", kAccept).code(), "store_not_found");
}

TEST(ApiEventStream, TellsAClientFromTheFutureToStartOver) {
    ApiWorld world;
    world.create("Tea");
    const auto last = newest(world);
    RawClient client(world.port());
    client.send(world.head("/api/v1/events?after=999999", kAccept));
    const auto text = client.read_until("event: resync\ndata: {\"number\":" + std::to_string(last) + "}\n\n");
    EXPECT_NE(text.find(id_line(last)), std::string::npos);
}

TEST(ApiEventStream, TellsAClientThatComesTooLateToStartOver) {
    ApiWorld world;
    const auto last = make_and_forget(world);
    RawClient late(world.port());
    late.send(world.head("/api/v1/events", kAccept + "Last-Event-ID: " + std::to_string(last - 2) + "\r\n"));
    auto told = late.read_until("\nevent: ");
    told += late.read_until("\n\n");
    const auto number = std::to_string(last);
    EXPECT_NE(told.find(id_line(last) + "event: resync\ndata: {\"number\":" + number + "}\n\n"),
              std::string::npos)
        << "a part of what happened: " << told;
    RawClient in_time(world.port());
    in_time.send(world.head("/api/v1/events?after=" + std::to_string(last - 1), kAccept));
    auto next = in_time.read_until("\nevent: ");
    next += in_time.read_until("\n");
    EXPECT_NE(next.find(id_line(last) + "event: store.step\n"), std::string::npos)
        << "it has missed nothing: " << next;
}

TEST(ApiEventStream, HintsAtChangedObjectsWithoutMovingAnybodysPlace) {
    ApiWorld world;
    const auto mine = StoreId::parse(world.create("Mine")).value();
    const auto other = StoreId::parse(world.create("Other")).value();
    const auto before = newest(world);
    RawClient all(world.port());
    RawClient one(world.port());
    all.send(world.head("/api/v1/events", kAccept));
    one.send(world.head("/api/v1/stores/mine/events", kAccept));
    for (RawClient* client : {&all, &one}) {
        client->read_until(id_line(before) + "\n");
    }
    world.objects_changed(other);
    world.objects_changed(mine);
    const auto hint = [](const StoreId& id) {
        return "event: objects\ndata: {\"stores\":[\"" + id.str() + "\"]}\n\n";
    };
    const auto told = all.read_until(hint(mine));
    EXPECT_NE(told.find(hint(other)), std::string::npos) << told;
    EXPECT_EQ(told.find("id: "), std::string::npos) << "it is no place to go on from: " << told;
    const auto narrowed = one.read_until(hint(mine));
    EXPECT_FALSE(narrowed.empty());
    EXPECT_EQ(narrowed.find(other.str()), std::string::npos) << narrowed;
    EXPECT_EQ(newest(world), before) << "it is not kept";
}

TEST(ApiEventStream, RefusesNonsenseBeforeItBegins) {
    ApiWorld world;
    EXPECT_EQ(world.get("/api/v1/events?after=x", kAccept).pointers(), "after");
    EXPECT_EQ(world.get("/api/v1/events", kAccept + "Last-Event-ID: x\r\n").pointers(), "Last-Event-ID");
    EXPECT_EQ(world.get("/api/v1/events?page_size=3", kAccept).status, 400);
    EXPECT_EQ(world.get("/api/v1/stores/nobody/events", kAccept).status, 404);
}

/// A WebSocket of the API; `headers` come on top.
class Socket {
public:
    Socket(ApiWorld& world, std::string_view path, std::string_view headers) : client_(world.port()) {
        auto request = runtime::testing::upgrade_request(path);
        request.insert(request.size() - 2, headers);
        client_.send(request);
        reply_ = client_.read_reply();
    }
    int status() const { return reply_.status; }
    const std::string& body() const { return reply_.body; }
    void say(std::string_view text) { client_.send(runtime::testing::client_frame(kTextFrame, text)); }
    boost::json::object read() {
        const auto [opcode, text] = client_.read_frame();
        EXPECT_EQ(opcode, kTextFrame) << text;
        boost::json::error_code error;
        const auto value = boost::json::parse(text, error);
        return value.is_object() ? value.as_object() : boost::json::object{{"type", "none"}};
    }
    /// Code and reason of the close frame that must come next.
    std::string closing() {
        const auto [opcode, payload] = client_.read_frame();
        if (opcode != kCloseFrame || payload.size() < 2) {
            return "not closed";
        }
        const int code =
            static_cast<unsigned char>(payload[0]) * 256 + static_cast<unsigned char>(payload[1]);
        return std::to_string(code) + " " + payload.substr(2);
    }

private:
    RawClient client_;
    RawClient::Reply reply_;
};

std::string bearer(const ApiWorld& world) { return "Authorization: Bearer " + world.token + "\r\n"; }

TEST(ApiEventSocket, SendsTheSameEventsToAProgram) {
    ApiWorld world;
    const auto id = world.create("Tea");
    const auto before = newest(world);
    world.add_events(id, 1);
    Socket socket(world, "/api/v1/events/ws?after=" + std::to_string(before), bearer(world));
    ASSERT_EQ(socket.status(), 101);
    EXPECT_EQ(socket.read().at("type").as_string(), "ready");
    const auto event = socket.read();
    EXPECT_EQ(event.at("type").as_string(), "event");
    EXPECT_EQ(event.at("event").at("number").as_int64(), before + 1);
    socket.say("anybody there?");
    EXPECT_EQ(socket.read().at("type").as_string(), "alive");
}

TEST(ApiEventSocket, HintsAtChangedObjects) {
    ApiWorld world;
    const auto mine = StoreId::parse(world.create("Mine")).value();
    const auto other = StoreId::parse(world.create("Other")).value();
    Socket all(world, "/api/v1/events/ws", bearer(world));
    Socket one(world, "/api/v1/events/ws?store=mine", bearer(world));
    for (Socket* socket : {&all, &one}) {
        EXPECT_EQ(socket->read().at("type").as_string(), "ready");
    }
    world.objects_changed(other);
    world.objects_changed(mine);
    const auto hint = [](const StoreId& id) {
        return boost::json::object{{"stores", boost::json::array{id.str()}}, {"type", "objects"}};
    };
    EXPECT_EQ(all.read(), hint(other));
    EXPECT_EQ(all.read(), hint(mine));
    EXPECT_EQ(one.read(), hint(mine));
}

TEST(ApiEventSocket, TellsAClientThatComesTooLateToStartOver) {
    ApiWorld world;
    const auto last = make_and_forget(world);
    Socket program(world, "/api/v1/events/ws?after=" + std::to_string(last - 2), bearer(world));
    Socket browser(world, "/api/v1/events/ws", "Origin: http://souk\r\n");
    browser.say(R"({"token":")" + world.token + R"(","after":)" + std::to_string(last - 2) + "}");
    for (Socket* late : {&program, &browser}) {
        EXPECT_EQ(late->read().at("type").as_string(), "ready");
        const auto told = late->read();
        ASSERT_EQ(told.at("type").as_string(), "resync");
        EXPECT_EQ(told.at("number").as_int64(), last);
    }
    Socket in_time(world, "/api/v1/events/ws?after=" + std::to_string(last - 1), bearer(world));
    EXPECT_EQ(in_time.read().at("type").as_string(), "ready");
    EXPECT_EQ(in_time.read().at("event").at("number").as_int64(), last);
}

TEST(ApiEventSocket, TakesTheTokenAsFirstMessageFromABrowser) {
    ApiWorld world;
    const auto id = world.create("Tea");
    Socket socket(world, "/api/v1/events/ws", "Origin: http://souk\r\n");
    ASSERT_EQ(socket.status(), 101);
    socket.say(R"({"token":")" + world.token + R"(","store":"tea"})");
    EXPECT_EQ(socket.read().at("number").as_int64(), newest(world));
    world.add_events(id, 1);
    EXPECT_EQ(socket.read().at("event").at("store_id").as_string(), id);
    socket.say("{}");
    EXPECT_EQ(socket.read().at("type").as_string(), "alive");
}

TEST(ApiEventSocket, SendsTheWantedTypesOnly) {
    ApiWorld world;
    const auto id = world.create("Tea");
    Socket browser(world, "/api/v1/events/ws", "Origin: http://souk\r\n");
    browser.say(R"({"token":")" + world.token + R"(","after":0,"type":"store.ready,store.step"})");
    EXPECT_EQ(browser.read().at("type").as_string(), "ready");
    Socket program(world, "/api/v1/events/ws?after=0&type=store.step", bearer(world));
    EXPECT_EQ(program.read().at("type").as_string(), "ready");
    world.add_events(id, 1);
    EXPECT_EQ(browser.read().at("event").at("type").as_string(), "store.step");
    EXPECT_EQ(program.read().at("event").at("type").as_string(), "store.step");
    std::string many;
    for (int i = 0; i < 21; ++i) {
        many += "&type=t" + std::to_string(i);
    }
    EXPECT_EQ(Socket(world, "/api/v1/events/ws?after=0" + many, bearer(world)).status(), 400);
}

TEST(ApiEventSocket, ClosesOnAWrongTokenOrMessage) {
    ApiWorld world;
    const auto closing = [&](std::string_view message) {
        Socket socket(world, "/api/v1/events/ws", "");
        EXPECT_EQ(socket.status(), 101);
        socket.say(message);
        return socket.closing();
    };
    EXPECT_EQ(closing(R"({"token":"wrong"})"), "1008 unauthenticated");
    EXPECT_EQ(closing("hello"), "1008 malformed_json");
    EXPECT_EQ(closing(R"({"after":1})"), "1008 invalid_body");
    EXPECT_EQ(closing(R"({"token":")" + world.token + R"(","store":"nobody"})"), "1008 store_not_found");
}

TEST(ApiEventSocket, RefusesForeignSitesTokensInTheUrlAndOrdinaryRequests) {
    ApiWorld world;
    const std::string path = "/api/v1/events/ws";
    EXPECT_EQ(Socket(world, path, bearer(world) + "Origin: https://evil.example\r\n").status(), 403);
    EXPECT_EQ(Socket(world, path, "Origin: https://evil.example\r\n").status(), 403);
    EXPECT_EQ(Socket(world, path, "Origin: null\r\n").status(), 403);
    EXPECT_EQ(Socket(world, path + "?token=" + world.token, "").status(), 400);
    EXPECT_EQ(Socket(world, path, "Authorization: Bearer wrong\r\n").status(), 401);
    EXPECT_EQ(world.get(path).status, 426);
    EXPECT_EQ(world.get(path).code(), "upgrade_required");
}

TEST(ApiEventSocket, LetsConfiguredSitesIn) {
    ApiWorld world([](http::ApiSettings& settings) { settings.allowed_origins = {"https://shop.example"}; });
    EXPECT_EQ(Socket(world, "/api/v1/events/ws", "Origin: https://shop.example\r\n").status(), 101);
}

}  // namespace
}  // namespace souk::test
