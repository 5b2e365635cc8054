#include "cli/text.hpp"

#include "cli/line_cleaner.hpp"

#include <gtest/gtest.h>

#include <string>

namespace souk::cli {
namespace {

TEST(Text, MakesTerminalEscapesVisible) {
    EXPECT_EQ(clean("a\x1b[31mb\x07\r\n\x7f"), "a\\x1b[31mb\\x07\\x0d\\x0a\\x7f");
}

TEST(Text, MakesTheSecondSetOfControlCharactersVisible) {
    EXPECT_EQ(clean("a\xC2\x9B"
                    "31m"),
              "a\\u009b31m");
}

TEST(Text, MakesCharactersVisibleThatChangeTheDirection) {
    EXPECT_EQ(clean("a\xE2\x80\xAE"
                    "b"),
              "a\\u202eb");
}

TEST(Text, ReplacesBrokenUtf8) {
    EXPECT_EQ(clean("a\xFF\xC0\x80z"), "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz");
    EXPECT_EQ(clean("a\xE2\x82"), "a\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Text, LeavesOrdinaryTextAlone) { EXPECT_EQ(clean("Grüner Tee 緑茶 🍵\tx"), "Grüner Tee 緑茶 🍵\tx"); }

TEST(Text, CountsWideAndCombiningCharacters) {
    EXPECT_EQ(display_width("abc"), 3U);
    EXPECT_EQ(display_width("緑茶"), 4U);
    EXPECT_EQ(display_width("e\xCC\x81"), 1U);
    EXPECT_EQ(display_width("🍵"), 2U);
}

TEST(Text, ShortensBetweenCharactersOnly) {
    EXPECT_EQ(shorten("緑茶店", 6), "緑茶店");
    EXPECT_EQ(shorten("緑茶店", 5), "緑茶…");
    EXPECT_EQ(shorten("緑茶店", 4), "緑…");
    EXPECT_EQ(shorten("abc", 0), "");
}

TEST(LineCleaner, MeansTheSameWhereverTheNetworkCutsTheBytes) {
    const std::string text = "web/web 緑茶\x1b[2J\r\nsecond\n\nlast";
    for (std::size_t piece = 1; piece <= text.size(); ++piece) {
        LineCleaner lines;
        std::string all;
        for (std::size_t at = 0; at < text.size(); at += piece) {
            all += lines.feed(std::string_view(text).substr(at, piece));
        }
        EXPECT_EQ(all + lines.finish(), "web/web 緑茶\\x1b[2J\nsecond\n\nlast\n") << "pieces of " << piece;
    }
}

TEST(LineCleaner, GivesALineWithoutEndOutInParts) {
    LineCleaner lines;
    EXPECT_FALSE(lines.feed(std::string(100'000, 'x')).empty());
}

}  // namespace
}  // namespace souk::cli
