#include "tests/integration/api_world.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

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

TEST(ApiEventStream, TellsAClientFromTheFutureToStartOver) {
    ApiWorld world;
    world.create("Tea");
    const auto last = newest(world);
    RawClient client(world.port());
    client.send(world.head("/api/v1/events?after=999999", kAccept));
    const auto text = client.read_until("event: resync\ndata: {\"number\":" + std::to_string(last) + "}\n\n");
    EXPECT_NE(text.find(id_line(last)), std::string::npos);
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
