#include "core/common/quantity.hpp"

#include <gtest/gtest.h>

namespace souk {
namespace {

TEST(Quantity, ReadsProcessorTimeAsMillicores) {
    EXPECT_EQ(parse_millicores("2"), 2000);
    EXPECT_EQ(parse_millicores("250m"), 250);
    EXPECT_EQ(parse_millicores("0.1"), 100);
    EXPECT_EQ(parse_millicores("17382491n"), 18) << "rounded up";
    EXPECT_EQ(parse_millicores("1500u"), 2);
    EXPECT_EQ(parse_millicores("0"), 0);
}

TEST(Quantity, ReadsBytes) {
    EXPECT_EQ(parse_bytes("128974848"), 128'974'848);
    EXPECT_EQ(parse_bytes("10Gi"), 10LL << 30);
    EXPECT_EQ(parse_bytes("0.5Gi"), 1LL << 29);
    EXPECT_EQ(parse_bytes("20640Ki"), 20'640LL << 10);
    EXPECT_EQ(parse_bytes("1M"), 1'000'000);
    EXPECT_EQ(parse_bytes("1e3"), 1000);
    EXPECT_EQ(parse_bytes("1E"), 1'000'000'000'000'000'000);
}

TEST(Quantity, KnowsEverySuffixOfKubernetes) {
    EXPECT_EQ(parse_bytes("1500m"), 2) << "rounded up";
    EXPECT_EQ(parse_bytes("3k"), 3000);
    EXPECT_EQ(parse_bytes("3G"), 3'000'000'000);
    EXPECT_EQ(parse_bytes("3T"), 3'000'000'000'000);
    EXPECT_EQ(parse_bytes("3P"), 3'000'000'000'000'000);
    EXPECT_EQ(parse_bytes("3Ki"), 3LL << 10);
    EXPECT_EQ(parse_bytes("3Mi"), 3LL << 20);
    EXPECT_EQ(parse_bytes("3Ti"), 3LL << 40);
    EXPECT_EQ(parse_bytes("3Pi"), 3LL << 50);
    EXPECT_EQ(parse_bytes("3Ei"), 3LL << 60);
    EXPECT_EQ(parse_bytes("0.5Ei"), 1LL << 59);
    EXPECT_EQ(parse_millicores("2k"), 2'000'000);
}

TEST(Quantity, IsNothingForAnythingElse) {
    for (const char* text : {"", "m", "-1", " 1", "1 ", "1mm", "Gi", "inf", "nan", "1e99", "0x10", "1kb",
                             "1K", "1KI", "1ei", "10E", "8Ei", "9223372036854775808", "99999Ei"}) {
        EXPECT_EQ(parse_bytes(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace souk
