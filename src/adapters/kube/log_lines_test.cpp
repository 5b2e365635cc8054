#include "adapters/kube/log_lines.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace souk::kube {
namespace {

std::vector<std::string> lines_of(const std::string& text, std::size_t piece, std::size_t max_line = 8) {
    LogLines lines(max_line);
    std::vector<std::string> out;
    const auto keep = [&](std::string_view line) {
        out.emplace_back(line);
        return true;
    };
    for (std::size_t at = 0; at < text.size(); at += piece) {
        EXPECT_TRUE(lines.feed(text.substr(at, piece), keep));
    }
    if (const std::string rest = lines.take_rest(); !rest.empty()) {
        out.push_back(rest);
    }
    return out;
}

TEST(LogLines, AreTheSameInPiecesOfAnySize) {
    const std::vector<std::string> whole{"one", "", "three", "rest"};
    for (const std::size_t piece : {1U, 2U, 3U, 100U}) {
        EXPECT_EQ(lines_of("one\n\nthree\nrest", piece), whole) << piece;
    }
}

TEST(LogLines, OfALongOneTheBeginningIsGivenAndTheNextOnesFollow) {
    const std::vector<std::string> cut{"before", "aaaaaaaa (cut)", "after"};
    for (const std::size_t piece : {1U, 7U, 9U, 1000U}) {
        EXPECT_EQ(lines_of("before\n" + std::string(500, 'a') + "\nafter\n", piece), cut) << piece;
    }
    EXPECT_EQ(lines_of(std::string(500, 'a'), 100), (std::vector<std::string>{"aaaaaaaa (cut)"}));
    EXPECT_EQ(lines_of("12345678\n", 4), (std::vector<std::string>{"12345678"})) << "just long enough";
}

TEST(LogLines, ACutNeverLeavesHalfACharacter) {
    EXPECT_EQ(lines_of("1234567\xC3\xA4 and so on\n", 100), (std::vector<std::string>{"1234567 (cut)"}));
}

TEST(LogLines, EndWhenTheirReaderSaysSo) {
    LogLines lines(8);
    EXPECT_FALSE(lines.feed("one\ntwo\n", [](std::string_view) { return false; }));
}

}  // namespace
}  // namespace souk::kube
