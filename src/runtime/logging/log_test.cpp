#include "runtime/logging/log.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <mutex>
#include <thread>

namespace souk::runtime {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class Log : public ::testing::Test {
protected:
    LogOptions options(LogFormat format = LogFormat::Json) {
        return {.format = format, .sink = [this](std::string_view line) { lines.emplace_back(line); }};
    }
    boost::json::object last() { return boost::json::parse(lines.back()).as_object(); }

    std::vector<std::string> lines;
};

TEST_F(Log, ALineIsAnObjectWithTimeLevelMessageAndFields) {
    const Logger logger(options());
    logger.warning("disk is full",
                   {{"store_id", std::string("s1")}, {"duration_ms", 12}, {"ratio", 0.5}, {"retry", true}});
    ASSERT_THAT(lines, SizeIs(1));
    EXPECT_TRUE(lines[0].starts_with("{\"time\":\"20"));
    EXPECT_THAT(lines[0], EndsWith(R"(Z","level":"warning","message":"disk is full",)"
                                   R"("store_id":"s1","duration_ms":12,"ratio":0.5,"retry":true})"));
}

TEST_F(Log, NoTextCanForgeALineOrAField) {
    const Logger logger(options());
    const std::string nasty = "a\"},{\"level\":\"x\n\r\t\\ \x01 \x7f";
    logger.info(nasty, {{nasty, nasty}});
    ASSERT_THAT(lines, SizeIs(1));
    EXPECT_EQ(lines[0].find('\n'), std::string::npos);
    EXPECT_EQ(last().at("message").as_string(), nasty);
    EXPECT_EQ(last().at(nasty).as_string(), nasty);
    EXPECT_EQ(last().at("level").as_string(), "info");
}

TEST_F(Log, BytesThatAreNotUtf8AreReplaced) {
    const Logger logger(options());
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"gr\xc3\xbcn \xe2\x82\xac \xf0\x9f\x98\x80", "gr\xc3\xbcn \xe2\x82\xac \xf0\x9f\x98\x80"},
        {"\xff", "\xef\xbf\xbd"},
        {"a\xc3", "a\xef\xbf\xbd"},                                                // cut
        {"\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd"},                                  // overlong
        {"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},                  // surrogate
        {"\xf4\x90\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},  // beyond Unicode
    };
    for (const auto& [text, expected] : cases) {
        logger.info(text);
        EXPECT_EQ(last().at("message").as_string(), expected);
    }
}

TEST_F(Log, NumbersThatJsonHasNoWordForAreNull) {
    const Logger logger(options());
    logger.info("x", {{"nan", std::numeric_limits<double>::quiet_NaN()},
                      {"inf", std::numeric_limits<double>::infinity()},
                      {"least", std::numeric_limits<std::int64_t>::min()}});
    EXPECT_TRUE(last().at("nan").is_null());
    EXPECT_TRUE(last().at("inf").is_null());
    EXPECT_EQ(last().at("least").as_int64(), std::numeric_limits<std::int64_t>::min());
}

TEST_F(Log, LinesBelowTheLevelAreNotWritten) {
    const Logger logger(options());
    logger.debug("hidden");
    EXPECT_TRUE(lines.empty());
    logger.set_level(LogLevel::Debug);
    logger.debug("shown");
    EXPECT_THAT(lines, SizeIs(1));
    logger.set_level(LogLevel::Error);
    logger.warning("hidden");
    EXPECT_FALSE(logger.enabled(LogLevel::Warning));
    EXPECT_THAT(lines, SizeIs(1));
}

TEST_F(Log, BoundFieldsAreOnEveryLineOfTheCopyOnly) {
    const Logger logger(options());
    const Logger bound = logger.with({{"request_id", "r1"}}).with({{"user", "ann"}});
    bound.info("a", {{"n", 1}});
    EXPECT_THAT(lines.back(), EndsWith(R"("message":"a","request_id":"r1","user":"ann","n":1})"));
    logger.info("b");
    EXPECT_FALSE(last().contains("request_id"));
}

TEST_F(Log, TheHumanFormatIsOneLineToo) {
    const Logger logger(options(LogFormat::Human));
    logger.info("two\nlines", {{"id", "s1"}, {"why", "not ready"}, {"n", 3}});
    EXPECT_THAT(lines.back(), EndsWith("Z info two\\nlines id=s1 why=\"not ready\" n=3"));
}

TEST_F(Log, LinesOfManyThreadsDoNotMix) {
    const Logger logger(options());
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&] {
                for (int i = 0; i < 50; ++i) {
                    logger.info("hello", {{"i", i}});
                }
            });
        }
    }
    EXPECT_THAT(lines, SizeIs(200));
}

TEST(LogLevelText, ParsesWhatItWrites) {
    for (const auto level : {LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Error}) {
        EXPECT_EQ(parse_log_level(to_string(level)).value(), level);
    }
    EXPECT_FALSE(parse_log_level("INFO"));
}

}  // namespace
}  // namespace souk::runtime
