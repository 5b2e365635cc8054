#include "adapters/engines/json_text.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace souk::engines {
namespace {

TEST(ParseJson, RefusesANumberThatNoDoubleHolds) {
    for (const auto* text : {"1e999", "[-1e999]", R"({"a":[{"b":44444444e44444444}]})"}) {
        const auto value = parse_json(text);
        ASSERT_FALSE(value) << text;
        EXPECT_EQ(value.error().code, ErrorCode::InvalidInput);
    }
    EXPECT_TRUE(parse_json("1e308"));
}

}  // namespace
}  // namespace souk::engines
