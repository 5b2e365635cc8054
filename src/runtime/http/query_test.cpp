#include "runtime/http/query.hpp"

#include <gtest/gtest.h>

namespace souk::runtime {
namespace {

using Parameters = std::vector<Query::Parameter>;

Parameters parameters_of(std::string_view raw) {
    const auto query = parse_query(raw);
    return query ? Parameters(query->begin(), query->end()) : Parameters{{"refused", query.error().message}};
}

TEST(Query, KeepsOrderAndDecodesNamesAndValues) {
    EXPECT_EQ(parameters_of("b=2&a=1&b=3"), (Parameters{{"b", "2"}, {"a", "1"}, {"b", "3"}}));
    EXPECT_EQ(parameters_of("q=a+b%20c%2Bd"), (Parameters{{"q", "a b c+d"}}));
    EXPECT_EQ(parameters_of("%6Eame=M%C3%BCller"), (Parameters{{"name", "M\xc3\xbcller"}}));
    EXPECT_EQ(parameters_of("a=b=c"), (Parameters{{"a", "b=c"}}));
}

TEST(Query, TreatsMissingAndEmptyValuesAlike) {
    EXPECT_EQ(parameters_of("a&b="), (Parameters{{"a", ""}, {"b", ""}}));
    EXPECT_EQ(parameters_of("&&a=1&"), (Parameters{{"a", "1"}}));
    EXPECT_TRUE(parameters_of("").empty());
}

TEST(Query, FindsFirstAllAndCount) {
    const auto query = parse_query("a=1&b=2&a=3");
    ASSERT_TRUE(query);
    ASSERT_NE(query->find("a"), nullptr);
    EXPECT_EQ(*query->find("a"), "1");
    EXPECT_EQ(query->find("c"), nullptr);
    EXPECT_EQ(query->find_all("a"), (std::vector<std::string>{"1", "3"}));
    EXPECT_EQ(query->count("a"), 2U);
}

TEST(Query, RefusesBadEscapesControlsAndBrokenText) {
    for (const auto* raw : {"a=%", "a=%4", "a=%G1", "a=%1", "%=1", "a=%00", "a=%0A", "a=%7f", "a=%FF",
                            "a=%C3", "a=%C0%80", "a=%ED%A0%80", "a=%F4%90%80%80", "a=%E0%80%80"}) {
        EXPECT_FALSE(parse_query(raw)) << raw;
    }
}

TEST(Query, LimitsTheNumberOfParameters) {
    std::string raw;
    for (int i = 0; i < 100; ++i) {
        raw += "a=1&";
    }
    EXPECT_TRUE(parse_query(raw));
    EXPECT_FALSE(parse_query(raw + "a=1"));
}

TEST(Query, EncodingIsUndoneByDecoding) {
    const std::string text = "a b/c?d&e=f+g%h\xc3\xa9~-._";
    EXPECT_EQ(percent_encode(text), "a%20b%2Fc%3Fd%26e%3Df%2Bg%25h%C3%A9~-._");
    EXPECT_EQ(percent_decode(percent_encode(text)).value_or("refused"), text);
}

TEST(Target, SplitsPathAndQuery) {
    const auto target = parse_target("/api/v1/stores/my%20shop?state=ready");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->path, "/api/v1/stores/my%20shop");
    EXPECT_EQ(target->segments, (std::vector<std::string>{"api", "v1", "stores", "my shop"}));
    EXPECT_EQ(*target->query.find("state"), "ready");
}

TEST(Target, KeepsAnEscapedSlashInsideItsSegmentAndAPlusAsItIs) {
    const auto target = parse_target("/a%2Fb/c+d/");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->segments, (std::vector<std::string>{"a/b", "c+d", ""}));
    EXPECT_TRUE(parse_target("/")->segments.empty());
}

TEST(Target, AcceptsTheAbsoluteForm) {
    const auto target = parse_target("http://souk.example:8080/a?b=c");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->authority, "souk.example:8080");
    EXPECT_EQ(target->path, "/a");
    const auto bare = parse_target("https://souk.example?b=c");
    ASSERT_TRUE(bare);
    EXPECT_EQ(bare->path, "/");
    EXPECT_EQ(*bare->query.find("b"), "c");
}

TEST(Target, RefusesWhatCouldBeReadInTwoWays) {
    for (const auto* raw : {"", "a", "*", "souk.example:443", "/a/../b", "/a/%2e%2E/b", "/./a", "/a/.",
                            "/a%00b", "/a%0d%0ab", "/a#b", "/a b", "/a\xc3\xa9", "/%zz", "ftp://host/a",
                            "http:///a", "http://user@host/a", "/a?b=%"}) {
        EXPECT_FALSE(parse_target(raw)) << raw;
    }
}

}  // namespace
}  // namespace souk::runtime
