#include "runtime/http/server_chunks.hpp"

#include <gtest/gtest.h>

namespace souk::runtime {
namespace {

struct Decoded {
    ChunkDecoder::Progress progress;
    std::string body;
    std::string rest;
};

Decoded decode(std::string_view bytes, std::size_t piece, std::size_t limit = 100) {
    ChunkDecoder decoder(limit);
    Decoded out{ChunkDecoder::Progress::NeedMore, {}, {}};
    while (!bytes.empty() && out.progress == ChunkDecoder::Progress::NeedMore) {
        out.rest.append(bytes.substr(0, piece));
        bytes.remove_prefix(std::min(piece, bytes.size()));
        std::string_view input = out.rest;
        out.progress = decoder.feed(input, out.body);
        out.rest = std::string(input);
    }
    out.rest.append(bytes);
    return out;
}

TEST(Chunks, MeanTheSameHoweverTheNetworkCutsThem) {
    const std::string bytes = "5\r\nhello\r\n6;a=\"b\"\r\n world\r\n0;c\r\nTrailer: x\r\n\r\nGET /";
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
        const auto decoded = decode(bytes, piece);
        ASSERT_EQ(decoded.progress, ChunkDecoder::Progress::Complete) << piece;
        EXPECT_EQ(decoded.body, "hello world");
        EXPECT_EQ(decoded.rest, "GET /");
    }
}

TEST(Chunks, AnEmptyBodyMayComeByteByByte) {
    EXPECT_EQ(decode("0\r\n\r\n", 1).progress, ChunkDecoder::Progress::Complete);
}

TEST(Chunks, RefuseWhatIsNotExactlyTheGrammar) {
    for (const std::string_view bytes :
         {"\r\n", " 5\r\nhello\r\n", "5 \r\nhello\r\n", "0x5\r\nhello\r\n", "-5\r\n", "+5\r\nhello\r\n",
          "g\r\n", "5\nhello\r\n", "5\r\nhelloX", "5\r\nhello\n", "5\r\nhello\r\r\n", ";a\r\n",
          "0\r\nbad name: x\r\n\r\n", "0\r\nA\n\r\n", "5;\x01\r\nhello\r\n"}) {
        for (const std::size_t piece : {std::size_t{1}, bytes.size()}) {
            EXPECT_EQ(decode(bytes, piece).progress, ChunkDecoder::Progress::Malformed)
                << bytes << " in pieces of " << piece;
        }
    }
    EXPECT_EQ(decode("5;" + std::string(5000, 'a'), 100).progress, ChunkDecoder::Progress::Malformed);
    EXPECT_EQ(decode("5;" + std::string(1100, 'a') + "\r\nhello\r\n", 5000).progress,
              ChunkDecoder::Progress::Malformed);
}

TEST(Chunks, RefuseMoreThanTheLimitInOneOrManyChunks) {
    EXPECT_EQ(decode("6\r\n", 1, 5).progress, ChunkDecoder::Progress::TooLarge);
    EXPECT_EQ(decode("3\r\nabc\r\n3\r\n", 1, 5).progress, ChunkDecoder::Progress::TooLarge);
    EXPECT_EQ(decode("ffffffffffffffffffffffff\r\n", 1, 5).progress, ChunkDecoder::Progress::TooLarge);
    EXPECT_EQ(decode("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", 1, 5).progress, ChunkDecoder::Progress::Complete);
}

}  // namespace
}  // namespace souk::runtime
