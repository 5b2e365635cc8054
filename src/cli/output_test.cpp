#include "cli/documents.hpp"
#include "cli/progress_view.hpp"
#include "cli/table.hpp"
#include "cli/times.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>

#include <chrono>
#include <sstream>
#include <string>

namespace souk::cli {
namespace {

using std::chrono::seconds;

struct Screen {
    std::ostringstream out;
    std::ostringstream err;
    Console console{out, err};
};

TEST(Times, DurationsKeepTwoUnits) {
    EXPECT_EQ(format_duration(seconds(-5)), "0s");
    EXPECT_EQ(format_duration(seconds(59)), "59s");
    EXPECT_EQ(format_duration(seconds(65)), "1m 05s");
    EXPECT_EQ(format_duration(seconds(2 * 3600 + 180)), "2h 03m");
    EXPECT_EQ(format_duration(seconds(3 * 86400 + 4 * 3600)), "3d 04h");
}

TEST(Times, ShowTheTrueAndTheRelativeTime) {
    const auto time = parse_rfc3339("2026-11-21T09:30:00.123Z").value();
    EXPECT_EQ(format_time(time, time + seconds(12)), "2026-11-21 09:30:00Z (12s ago)");
    EXPECT_EQ(format_time(std::nullopt, time), "-");
}

TEST(Table, AlignsWideCharactersAndMakesTextHarmless) {
    const Screen screen;
    Table table({"NAME", "PHASE", "ENGINE"});
    table.add({{"緑茶"}, {"Ready"}, {"medusa"}});
    table.add({{"evil\x1b[31m"}, {"Failed"}, {""}});
    EXPECT_EQ(table.text(screen.console),
              "NAME          PHASE   ENGINE\n"
              "緑茶          Ready   medusa\n"
              "evil\\x1b[31m  Failed\n");
}

TEST(Table, CutsTheLastColumnOnATerminalOnly) {
    Screen screen;
    screen.console.width = 12;
    Table table({"A", "B"});
    table.add({{"1"}, {"a long address"}});
    EXPECT_NE(table.text(screen.console).find("a long address"), std::string::npos);
    screen.console.out_is_terminal = true;
    EXPECT_NE(table.text(screen.console).find("1  a long a…\n"), std::string::npos);
}

TEST(Table, PaintsOnlyWhenColoursAreOn) {
    Screen screen;
    Table table({""});
    table.add({{"Ready", Colour::Green}});
    EXPECT_EQ(table.text(screen.console), "Ready\n");
    screen.console.colours = true;
    EXPECT_EQ(table.text(screen.console), "\x1b[32mReady\x1b[0m\n");
}

boost::json::value sample() {
    return boost::json::parse(
        R"({"name":"Green: Tea","yes":"no","empty":{},"none":null,"number":"017","word":"storefront","list":[{"a":1,"b":[true]},"x",[2,3]],)"
        R"("bad":"\u001b[2J\u009b","items":[]})");
}

TEST(Documents, JsonIsIndentedAndHarmless) {
    EXPECT_EQ(to_json(sample()),
              R"({
  "name": "Green: Tea",
  "yes": "no",
  "empty": {},
  "none": null,
  "number": "017",
  "word": "storefront",
  "list": [
    {
      "a": 1,
      "b": [
        true
      ]
    },
    "x",
    [
      2,
      3
    ]
  ],
  "bad": "\u001b[2J\u009b",
  "items": []
}
)");
    EXPECT_EQ(boost::json::parse(to_json(sample())), sample());
}

TEST(Documents, YamlQuotesWhateverCouldBeMistaken) {
    EXPECT_EQ(to_yaml(sample()),
              R"(name: "Green: Tea"
"yes": "no"
empty: {}
none: null
number: "017"
word: storefront
list:
  - a: 1
    b:
      - true
  - "x"
  - - 2
    - 3
bad: "\u001b[2J\u009b"
items: []
)");
}

TEST(Documents, FractionsAreWrittenAsPeopleAndYamlReadThem) {
    const boost::json::value value = {0.0, 10.467, -0.5, 25.0, 1e21, 3};
    EXPECT_EQ(to_yaml(value), "- 0.0\n- 10.467\n- -0.5\n- 25.0\n- 1000000000000000000000.0\n- 3\n");
    EXPECT_EQ(to_json(boost::json::value{{"a", 1046.7}}), "{\n  \"a\": 1046.7\n}\n");
    EXPECT_EQ(to_yaml(boost::json::value{1e308}).size(), std::string_view("- ").size() + 309 + 3);
}

TEST(Documents, AStreamIsOneDocumentAfterAnother) {
    const auto value = boost::json::parse(R"({"a":1})");
    EXPECT_EQ(to_stream_text(value, Format::Json), "{\"a\":1}\n");
    EXPECT_EQ(to_stream_text(value, Format::Yaml), "---\na: 1\n");
}

client::Progress two_steps(const std::string& state, const std::string& message) {
    const auto begin = parse_rfc3339("2026-11-21T09:30:00Z").value();
    client::Progress progress;
    progress.percent = 50;
    progress.steps = {{"namespace", "done", begin, begin + seconds(2), ""},
                      {"release", state, begin + seconds(2), std::nullopt, message},
                      {"data", "pending", {}, {}, ""}};
    return progress;
}

const Timestamp kNow = parse_rfc3339("2026-11-21T09:30:07Z").value();

TEST(ProgressView, PrintsOneLineForEachChange) {
    Screen screen;
    ProgressView view(screen.out, screen.console, ProgressView::Style::Lines, "Tea");
    view.show(two_steps("running", "pulling\x1b"), "", kNow);
    view.show(two_steps("running", "pulling\x1b"), "", kNow);
    view.show(two_steps("failed", "no image"), "", kNow);
    EXPECT_EQ(screen.out.str(),
              "Tea: namespace done after 2s\n"
              "Tea: release running: pulling\\x1b\n"
              "Tea: release failed after 5s: no image\n");
}

TEST(ProgressView, RedrawsItsBlockOnATerminal) {
    Screen screen;
    screen.console.width = 30;
    ProgressView view(screen.out, screen.console, ProgressView::Style::Redrawn, "Tea");
    view.show(two_steps("running", "a very long message of the cluster"), "", kNow);
    const std::string first = screen.out.str();
    EXPECT_EQ(first,
              "Tea  50%  7s\n"
              "  ✓ namespace  2s     \n"
              "  ▸ release    5s       a ve…\n"
              "  · data              \n");
    view.show(two_steps("running", "a very long message of the cluster"), "", kNow);
    EXPECT_EQ(screen.out.str(), first) << "nothing changed, nothing is drawn";
    view.show(two_steps("running", "x"), "waits", kNow);
    EXPECT_EQ(screen.out.str().substr(first.size(), 8), "\r\x1b[4A\x1b[J");
}

}  // namespace
}  // namespace souk::cli
