#include "runtime/crypto/encoding.hpp"
#include "runtime/crypto/hash.hpp"
#include "runtime/crypto/random.hpp"
#include "runtime/crypto/uuid.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace souk::runtime {
namespace {

TEST(Sha256, MatchesTheStandardsExamples) {
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(HmacSha256, MatchesRfc4231) {
    EXPECT_EQ(hex_encode(hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    // A key longer than a block.
    EXPECT_EQ(hex_encode(hmac_sha256(std::string(131, '\xaa'),
                                     "Test Using Larger Than Block-Size Key - Hash Key First")),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(ConstantTimeEqual, ComparesBytes) {
    EXPECT_TRUE(constant_time_equal("", ""));
    EXPECT_TRUE(constant_time_equal("abc", "abc"));
    EXPECT_FALSE(constant_time_equal("abc", "abd"));
    EXPECT_FALSE(constant_time_equal("abc", "abcd"));
}

TEST(Base64, MatchesRfc4648) {
    EXPECT_EQ(base64_encode(""), "");
    EXPECT_EQ(base64_encode("f"), "Zg==");
    EXPECT_EQ(base64_encode("foobar"), "Zm9vYmFy");
    EXPECT_EQ(base64_encode("\xfb\xff"), "+/8=");
    EXPECT_EQ(base64url_encode("\xfb\xff"), "-_8");
}

TEST(Base64, DecodesWhatItEncodes) {
    for (std::size_t size = 0; size < 70; ++size) {
        const auto data = random_bytes(size);
        EXPECT_EQ(base64_decode(base64_encode(data)).value(), data);
        EXPECT_EQ(base64url_decode(base64url_encode(data)).value(), data);
    }
    EXPECT_EQ(base64_decode("Zm9v\nYmFy\r\n").value(), "foobar");
}

TEST(Base64, RefusesEverythingElse) {
    for (const auto* text :
         {"Zg", "Zg=", "Zg==x", "Z", "Zm9v YmFy", "Zh==", "-_8=", "====", "Zm9v\xc3\xa4"}) {
        EXPECT_FALSE(base64_decode(text)) << text;
    }
    for (const auto* text : {"Zg==", "+/8", "Zh", "a\nbc"}) {
        EXPECT_FALSE(base64url_decode(text)) << text;
    }
}

TEST(RandomText, UsesTheWholeAlphabetEvenly) {
    std::map<char, int> seen;
    for (const char c : random_text(30000, "abc")) {
        ++seen[c];
    }
    ASSERT_EQ(seen.size(), 3U);
    for (const auto& [c, count] : seen) {
        EXPECT_NEAR(count, 10000, 600) << c;  // more than seven standard deviations
    }
    EXPECT_EQ(random_text(0).size(), 0U);
    EXPECT_NE(random_text(20), random_text(20));
    EXPECT_NE(random_bytes(16), random_bytes(16));
}

TEST(RandomUnit, StaysBelowOne) {
    double sum = 0;
    for (int i = 0; i < 10000; ++i) {
        const double value = random_unit();
        ASSERT_GE(value, 0.0);
        ASSERT_LT(value, 1.0);
        sum += value;
    }
    EXPECT_NEAR(sum / 10000, 0.5, 0.03);
}

TEST(UuidV7, HasTheTimeTheVersionAndTheVariant) {
    UuidV7Source source(
        [] { return from_micros(0x0123456789ab * std::int64_t{1000}); },
        [](std::span<std::uint8_t> bytes) { std::fill(bytes.begin(), bytes.end(), std::uint8_t{0xff}); });
    EXPECT_EQ(to_uuid_text(source.next()), "01234567-89ab-77ff-bfff-ffffffffffff");
}

TEST(UuidV7, GrowsWithinAMillisecondAndWhenTheClockGoesBack) {
    std::int64_t micros = 1'700'000'000'000'000;
    UuidV7Source source([&] { return from_micros(micros); }, &fill_random);
    auto last = source.next();
    for (int i = 0; i < 5000; ++i) {
        if (i % 7 == 0) {
            micros -= 1500;
        }
        const auto next = source.next();
        ASSERT_LT(last, next);
        last = next;
    }
}

TEST(UuidV7, GrowsEvenWhenTheRoomOfAMillisecondIsUsedUp) {
    // The largest start and the largest steps: about 2^41 of them would fit, so let the tail start at its
    // very end.
    UuidV7Source source(
        [] { return from_micros(1'000'000); },
        [](std::span<std::uint8_t> bytes) { std::fill(bytes.begin(), bytes.end(), std::uint8_t{0xff}); });
    auto last = source.next();
    for (int i = 0; i < 1000; ++i) {
        const auto next = source.next();
        ASSERT_LT(last, next);
        ASSERT_EQ(next[6] >> 4, 7);
        ASSERT_EQ(next[8] >> 6, 2);
        last = next;
    }
}

TEST(UuidV7, TwoSourcesDoNotMeet) {
    std::set<UuidBytes> all;
    UuidV7Source a;
    UuidV7Source b;
    for (int i = 0; i < 1000; ++i) {
        all.insert(a.next());
        all.insert(b.next());
    }
    EXPECT_EQ(all.size(), 2000U);
}

}  // namespace
}  // namespace souk::runtime
