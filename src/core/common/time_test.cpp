#include "core/common/time.hpp"

#include <gtest/gtest.h>

namespace souk {
namespace {

TEST(Time, WritesUtcWithMilliseconds) {
    EXPECT_EQ(to_rfc3339(from_micros(1'795'253'400'123'456)), "2026-11-21T09:30:00.123Z");
    EXPECT_EQ(to_rfc3339(from_micros(0)), "1970-01-01T00:00:00.000Z");
}

TEST(Time, ReadsWhatItWroteAndOffsets) {
    EXPECT_EQ(to_micros(*parse_rfc3339("2026-11-21T09:30:00.123Z")), 1'795'253'400'123'000);
    EXPECT_EQ(to_micros(*parse_rfc3339("2026-11-21T11:30:00+02:00")), 1'795'253'400'000'000);
    EXPECT_EQ(to_micros(*parse_rfc3339("2026-11-21T09:30:00.123456789Z")), 1'795'253'400'123'456);
}

TEST(Time, RefusesWhatIsNotATime) {
    for (const char* text :
         {"", "2026-11-21", "2026-13-21T09:30:00Z", "2026-11-21T25:30:00Z", "2026-11-21T09:30:00",
          "2026-11-21T09:30:00.Z", "2026-11-21T09:30:00+0200", "2026-02-30T09:30:00Z"}) {
        EXPECT_FALSE(parse_rfc3339(text)) << text;
    }
}

}  // namespace
}  // namespace souk
