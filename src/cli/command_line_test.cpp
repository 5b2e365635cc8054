#include "cli/command_line.hpp"

#include "cli/commands/commands.hpp"
#include "cli/completion.hpp"
#include "cli/opener.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace souk::cli {
namespace {

struct Tried {
    std::string name;
    std::vector<std::string> words;
    int number = 0;
    bool flag = false;
    std::vector<Command> commands;

    Tried() {
        commands.push_back({.name = "try",
                            .summary = "Try",
                            .arguments = {{"NAME", &name, "A name"}},
                            .options = {{"-f,--flag", &flag, "A switch"},
                                        {"--word", &words, "A word", "WORD"},
                                        {"--number", &number, "A number", "N"}},
                            .run = {}});
    }
};

TEST(CommandLine, TakesGlobalOptionsBehindTheCommandToo) {
    Tried tried;
    const auto line = parse_line(tried.commands, {"try", "shop", "-o", "json", "--server", "http://a"});
    ASSERT_NE(line.command, nullptr) << line.text;
    EXPECT_EQ(line.global.format, Format::Json);
    EXPECT_EQ(line.global.server.server, "http://a");
    EXPECT_EQ(tried.name, "shop");
    EXPECT_EQ(parse_line(tried.commands, {"--output=yaml", "try", "shop"}).global.format, Format::Yaml);
}

TEST(CommandLine, FillsSwitchesRepeatedAndNumericOptions) {
    Tried tried;
    ASSERT_NE(parse_line(tried.commands, {"try", "--word", "a", "--word", "b", "shop", "-f", "--number", "7"})
                  .command,
              nullptr);
    EXPECT_EQ(tried.words, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(tried.name, "shop");
    EXPECT_EQ(tried.number, 7);
    EXPECT_TRUE(tried.flag);
}

TEST(CommandLine, AnythingWrongIsAUsageError) {
    const std::vector<std::vector<std::string>> wrong = {{},
                                                         {"nothing"},
                                                         {"try"},
                                                         {"try", "a", "b"},
                                                         {"try", "a", "--bogus"},
                                                         {"try", "a", "-o", "xml"},
                                                         {"try", "a", "--number", "0"},
                                                         {"try", "a", "--number", "x"}};
    for (const auto& arguments : wrong) {
        Tried tried;
        const auto line = parse_line(tried.commands, arguments);
        EXPECT_EQ(line.command, nullptr);
        EXPECT_EQ(line.exit, ExitCode::Usage);
        EXPECT_FALSE(line.text.empty());
    }
}

TEST(CommandLine, HelpIsASuccess) {
    Tried tried;
    const auto line = parse_line(tried.commands, {"try", "--help"});
    EXPECT_EQ(line.exit, ExitCode::Ok);
    EXPECT_NE(line.text.find("A switch"), std::string::npos);
}

TEST(Commands, HaveNamesOfTheirOwnAndAreComplete) {
    std::set<std::string> names;
    for (const auto& command : all_commands()) {
        EXPECT_TRUE(names.insert(command.name).second) << command.name;
        EXPECT_TRUE(command.run) << command.name;
        EXPECT_FALSE(command.summary.empty()) << command.name;
    }
    EXPECT_EQ(names.size(), 19U);
}

TEST(Completion, NamesEveryCommandInEveryShell) {
    for (const auto* shell : {"bash", "zsh", "fish"}) {
        const auto script = completion_script(shell, all_commands());
        for (const auto& command : all_commands()) {
            EXPECT_NE(script.find(command.name), std::string::npos) << shell << " " << command.name;
        }
    }
}

TEST(ExitCode, SaysWhatToDoNext) {
    const auto code_of = [](ErrorCode code) { return exit_code(client::error_from({code, "x", {}, {}})); };
    EXPECT_EQ(code_of(ErrorCode::Internal), ExitCode::Failed);
    EXPECT_EQ(code_of(ErrorCode::Unavailable), ExitCode::Unreachable);
    EXPECT_EQ(code_of(ErrorCode::Timeout), ExitCode::Unreachable);
    EXPECT_EQ(code_of(ErrorCode::Unauthenticated), ExitCode::Unauthenticated);
    EXPECT_EQ(code_of(ErrorCode::Forbidden), ExitCode::Unauthenticated);
    EXPECT_EQ(code_of(ErrorCode::NotFound), ExitCode::NotFound);
    EXPECT_EQ(code_of(ErrorCode::Gone), ExitCode::NotFound);
    EXPECT_EQ(code_of(ErrorCode::Conflict), ExitCode::Conflict);
    EXPECT_EQ(code_of(ErrorCode::PreconditionFailed), ExitCode::Conflict);
    EXPECT_EQ(code_of(ErrorCode::QuotaExceeded), ExitCode::Conflict);
    EXPECT_EQ(code_of(ErrorCode::InvalidInput), ExitCode::Invalid);
    EXPECT_EQ(code_of(ErrorCode::Cancelled), ExitCode::Interrupted);
}

TEST(Opener, TakesWebAddressesOnly) {
    EXPECT_TRUE(is_web_address("https://tea.localhost:8080/app"));
    EXPECT_FALSE(is_web_address("file:///etc/passwd"));
    EXPECT_FALSE(is_web_address("-x"));
    EXPECT_FALSE(is_web_address("http://a b"));
}

}  // namespace
}  // namespace souk::cli
