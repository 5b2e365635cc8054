#include "runtime/http/accept_encoding.hpp"

#include <gtest/gtest.h>

namespace souk::runtime {
namespace {

TEST(AcceptEncoding, AcceptsWhatIsNamedOrMeantByTheStar) {
    for (const char* header : {"br", "gzip, deflate, br, zstd", "gzip;q=0.5,BR ;q=1.0", "*",
                               "gzip;q=0, *;q=0.1", "br;q=0.001", "\tbr\t", ", ,br"}) {
        EXPECT_TRUE(accepts_encoding(header, "br")) << header;
    }
}

TEST(AcceptEncoding, RefusesTheRest) {
    for (const char* header : {"", "gzip", "brotli", "xbr", "br;q=0", "br; q=0.000", "BR;Q=0, *", "*;q=0",
                               "identity", "gzip;br"}) {
        EXPECT_FALSE(accepts_encoding(header, "br")) << header;
    }
}

}  // namespace
}  // namespace souk::runtime
