#include "client/sse_parser.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace souk::client {
namespace {

struct Seen {
    std::vector<SseEvent> events;
    std::string last_id;
    bool fine = true;
};

Seen parse_in_pieces(std::string_view text, std::size_t piece,
                     std::size_t limit = SseParser::kMaxEventBytes) {
    Seen seen;
    SseParser parser([&](SseEvent event) { seen.events.push_back(std::move(event)); }, limit);
    while (!text.empty() && seen.fine) {
        seen.fine = parser.feed(text.substr(0, piece));
        text.remove_prefix(std::min(piece, text.size()));
    }
    seen.last_id = parser.last_id();
    return seen;
}

constexpr std::string_view kStream =
    "\xEF\xBB\xBFretry: 500\n"
    ": heartbeat\n"
    "id: 17\n\n"
    "id: 18\r\nevent: store.step\r\ndata: {\"a\":\r\ndata:1}\r\n\r\n"
    "data: second\rid: 19\r\r"
    "event: resync\ndata\n\n"
    "data: cut off";

TEST(SseParser, MeansTheSameWhereverTheNetworkCutsTheBytes) {
    const std::vector<SseEvent> expected = {
        {"store.step", "{\"a\":\n1}", "18"}, {"message", "second", "19"}, {"resync", "", "19"}};
    for (std::size_t piece = 1; piece <= kStream.size(); ++piece) {
        const auto seen = parse_in_pieces(kStream, piece);
        EXPECT_TRUE(seen.fine);
        EXPECT_EQ(seen.events, expected) << "pieces of " << piece;
        EXPECT_EQ(seen.last_id, "19");
    }
}

TEST(SseParser, KeepsThePositionOfABlockWithoutData) {
    EXPECT_EQ(parse_in_pieces("id: 17\n\n", 3).last_id, "17");
}

TEST(SseParser, DoesNotMoveThePositionForHalfABlock) {
    const auto seen = parse_in_pieces("id: 17\ndata: x\n\nid: 18\ndata: y\n", 5);
    EXPECT_EQ(seen.last_id, "17");
    EXPECT_EQ(seen.events.size(), 1U);
}

TEST(SseParser, IgnoresAnIdWithANullCharacter) {
    const std::string text = std::string("id: 1\n\nid: 2") + '\0' + "\ndata: x\n\n";
    EXPECT_EQ(parse_in_pieces(text, 100).last_id, "1");
}

TEST(SseParser, RefusesALineWithoutEnd) {
    const std::string text = "data: " + std::string(5000, 'x');
    EXPECT_FALSE(parse_in_pieces(text, 100, 1000).fine);
}

TEST(SseParser, RefusesAnEventWithoutEnd) {
    std::string text;
    for (int i = 0; i < 200; ++i) {
        text += "data: 0123456789\n";
    }
    EXPECT_FALSE(parse_in_pieces(text, 64, 1000).fine);
}

TEST(SseParser, ReadsTheRetryTimeAndBoundsIt) {
    const auto retry_of = [](std::string_view text) {
        SseParser parser([](const SseEvent&) {});
        parser.feed(text);
        return parser.retry_ms();
    };
    EXPECT_EQ(retry_of("retry: 250\n"), 250);
    EXPECT_EQ(retry_of("retry: 99999999999999\n"), 60'000);
    EXPECT_EQ(retry_of("retry: soon\n"), std::nullopt);
}

}  // namespace
}  // namespace souk::client
