#include "core/common/latin.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace souk {
namespace {

TEST(Latin, EachBlockBeginsAndEndsWithTheRightLetter) {
    EXPECT_EQ(plain_letters(0x00C0), "a");   // À
    EXPECT_EQ(plain_letters(0x00FF), "y");   // ÿ
    EXPECT_EQ(plain_letters(0x0100), "a");   // Ā
    EXPECT_EQ(plain_letters(0x0142), "l");   // ł
    EXPECT_EQ(plain_letters(0x0178), "y");   // Ÿ
    EXPECT_EQ(plain_letters(0x017F), "s");   // ſ
    EXPECT_EQ(plain_letters(0x01A1), "o");   // ơ
    EXPECT_EQ(plain_letters(0x01CD), "a");   // Ǎ
    EXPECT_EQ(plain_letters(0x01DC), "u");   // ǜ
    EXPECT_EQ(plain_letters(0x0219), "s");   // ș
    EXPECT_EQ(plain_letters(0x021B), "t");   // ț
    EXPECT_EQ(plain_letters(0x0233), "y");   // ȳ
    EXPECT_EQ(plain_letters(0x1E00), "a");   // Ḁ
    EXPECT_EQ(plain_letters(0x1E9E), "ss");  // ẞ
    EXPECT_EQ(plain_letters(0x1EC7), "e");   // ệ
    EXPECT_EQ(plain_letters(0x1EF9), "y");   // ỹ
}

TEST(Latin, NothingElseIsALetter) {
    for (const std::uint32_t c : {0x00U, 0x41U, 0x61U, 0xBFU, 0xD7U, 0xF7U, 0x180U, 0x1C0U, 0x1DDU, 0x234U,
                                  0x301U, 0x391U, 0x41FU, 0x1DFFU, 0x1EFAU, 0x1F00U, 0x10FFFFU}) {
        EXPECT_EQ(plain_letters(c), "") << c;
    }
}

TEST(Latin, OnlyLowerCaseAsciiComesOut) {
    for (std::uint32_t c = 0; c < 0x2000; ++c) {
        const std::string letters(plain_letters(c));
        EXPECT_TRUE(std::all_of(letters.begin(), letters.end(), [](char l) { return l >= 'a' && l <= 'z'; }))
            << c;
    }
}

}  // namespace
}  // namespace souk
