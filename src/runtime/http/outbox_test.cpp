#include "runtime/http/outbox.hpp"

#include "runtime/http/event_stream.hpp"
#include "runtime/http/websocket.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace souk::runtime {
namespace {

using namespace std::chrono_literals;

TEST(Outbox, ClosesAClientThatLetsMessagesPileUp) {
    Outbox outbox({.messages = 2, .bytes = 100});
    EXPECT_TRUE(outbox.push("a"));
    EXPECT_TRUE(outbox.push("b"));
    EXPECT_FALSE(outbox.push("c"));
    EXPECT_TRUE(outbox.closed());
    EXPECT_TRUE(outbox.overflowed());
    EXPECT_FALSE(outbox.push("d"));
}

TEST(Outbox, CountsBytesUntilTheyAreWritten) {
    Outbox outbox({.messages = 10, .bytes = 10});
    EXPECT_TRUE(outbox.push("123456"));
    EXPECT_EQ(outbox.take(100), (std::vector<std::string>{"123456"}));
    EXPECT_FALSE(outbox.push_when_room("12345", 0ms));
    EXPECT_FALSE(outbox.closed());
    outbox.written();
    EXPECT_TRUE(outbox.push_when_room("12345", 0ms));
    EXPECT_FALSE(outbox.push("123456789012"));
}

TEST(Outbox, TakesAtLeastOneMessageAndKeepsTheOrder) {
    Outbox outbox({});
    for (const auto* text : {"one", "two", "three"}) {
        EXPECT_TRUE(outbox.push(text));
    }
    EXPECT_EQ(outbox.take(0), (std::vector<std::string>{"one"}));
    EXPECT_EQ(outbox.take(100), (std::vector<std::string>{"two", "three"}));
    EXPECT_TRUE(outbox.take(100).empty());
}

TEST(Outbox, WakesOncePerEmptyQueueAndAtTheStart) {
    Outbox outbox({});
    int wakes = 0;
    EXPECT_TRUE(outbox.push("before"));
    outbox.attach([&] { ++wakes; });
    EXPECT_EQ(wakes, 1);
    EXPECT_TRUE(outbox.push("second"));
    EXPECT_EQ(wakes, 1);
    outbox.take(100);
    EXPECT_TRUE(outbox.push("third"));
    EXPECT_EQ(wakes, 2);
    outbox.close();
    EXPECT_EQ(wakes, 3);
    EXPECT_FALSE(outbox.drained());
    outbox.take(100);
    EXPECT_TRUE(outbox.drained());
}

TEST(Outbox, CallsEachCallbackOnceAtTheEnd) {
    Outbox outbox({});
    int calls = 0;
    outbox.on_end([&] { ++calls; });
    outbox.end();
    outbox.end();
    EXPECT_EQ(calls, 1);
    outbox.on_end([&] { ++calls; });
    EXPECT_EQ(calls, 2);
    EXPECT_FALSE(outbox.push("late"));
}

TEST(Outbox, ProducerThatWaitsIsWokenByRoomAndByTheEnd) {
    Outbox outbox({.messages = 1, .bytes = 100});
    EXPECT_TRUE(outbox.push("first"));
    bool second = false;
    bool third = true;
    std::jthread producer([&] {
        second = outbox.push_when_room("second", 30s);
        third = outbox.push_when_room("third", 30s);
    });
    EXPECT_EQ(outbox.take(100).size(), 1U);
    outbox.written();
    while (outbox.take(100).empty()) {  // until "second" has come; its place stays taken
        std::this_thread::yield();
    }
    outbox.end();
    producer.join();
    EXPECT_TRUE(second);
    EXPECT_FALSE(third);
}

TEST(WebSocketHandle, FirstCloseDecidesAndLongReasonsAreCutBetweenCharacters) {
    WebSocket socket({});
    socket.close(CloseCode::PolicyViolation, std::string(122, 'x') + "\xc3\xbc");
    socket.close(CloseCode::Normal, "other");
    EXPECT_EQ(socket.closing().code, CloseCode::PolicyViolation);
    EXPECT_EQ(socket.closing().reason, std::string(122, 'x'));
    EXPECT_FALSE(socket.send("late"));
}

TEST(EventStreamHandle, NothingToSendIsNoMessage) {
    EventStream stream({.messages = 1, .bytes = 10});
    EXPECT_TRUE(stream.send(""));
    EXPECT_TRUE(stream.send("x"));
    stream.close();
    EXPECT_FALSE(stream.send(""));
}

}  // namespace
}  // namespace souk::runtime
