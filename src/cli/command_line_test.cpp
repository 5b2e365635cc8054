#include "cli/command_line.hpp"

#include "cli/commands/commands.hpp"
#include "cli/completion.hpp"
#include "cli/opener.hpp"

#include <gtest/gtest.h>

#include <set>
#include <sstream>
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
    EXPECT_EQ(names.size(), 24U);
}

/// The line of the script that begins so, or nothing.
std::string line_of(const std::string& script, const std::string& beginning) {
    const auto at = ("\n" + script).find("\n" + beginning);
    return at == std::string::npos ? std::string() : script.substr(at, script.find('\n', at) - at);
}

/// What the only line that begins so offers: the text between its quotes.
std::string words_of(const std::string& script, const std::string& beginning) {
    const auto line = line_of(script, beginning + "\"");
    EXPECT_FALSE(line.empty()) << "no line for " << beginning;
    const auto end = line.rfind("\" ;;");
    return end == std::string::npos ? std::string()
                                    : line.substr(beginning.size() + 1, end - beginning.size() - 1);
}

/// "-f,--follow": both.
std::vector<std::string> names_of(const Option& option) {
    std::vector<std::string> names;
    std::stringstream rest(option.names);
    for (std::string name; std::getline(rest, name, ',');) {
        names.push_back(name);
    }
    return names;
}

std::string in_quotes(std::string text) {
    for (auto at = text.find('\''); at != std::string::npos; at = text.find('\'', at + 4)) {
        text.replace(at, 1, "'\\''");
    }
    return "'" + text + "'";
}

TEST(Completion, OffersEveryCommandWithItsOptionsInBashAndZsh) {
    for (const auto* shell : {"bash", "zsh"}) {
        const auto script = completion_script(shell, all_commands());
        std::string commands;
        for (const auto& command : all_commands()) {
            commands += (commands.empty() ? "" : " ") + command.name;
            const auto words = " " + words_of(script, "        " + command.name + ") words=") + " ";
            for (const auto& option : command.options) {
                for (const auto& name : names_of(option)) {
                    EXPECT_NE(words.find(" " + name + " "), std::string::npos)
                        << shell << " " << command.name << " offers" << words << "without " << name;
                }
            }
        }
        EXPECT_EQ(words_of(script, "        \"\") words="), commands) << shell;
        EXPECT_EQ(line_of(script, "complete "), "complete -F _souk souk") << shell;
    }
}

TEST(Completion, LoadsWhatZshNeedsForABashScriptFirst) {
    const auto script = completion_script("zsh", all_commands());
    EXPECT_TRUE(script.starts_with("#compdef souk\n"));
    const auto loaded = script.find("\nautoload -U +X bashcompinit && bashcompinit\n");
    ASSERT_NE(loaded, std::string::npos);
    EXPECT_LT(loaded, script.find("\ncomplete -F"));
}

TEST(Completion, OffersEveryCommandWithItsOptionsInFish) {
    const auto script = completion_script("fish", all_commands());
    for (const auto& command : all_commands()) {
        const auto first = "complete -c souk -n __fish_use_subcommand -a " + command.name + " -d ";
        EXPECT_EQ(line_of(script, first), first + in_quotes(command.summary));
        const auto inside = "complete -c souk -n '__fish_seen_subcommand_from " + command.name + "'";
        for (const auto& option : command.options) {
            std::string names;
            for (const auto& name : names_of(option)) {
                names += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
            }
            EXPECT_FALSE(line_of(script, inside + names + " ").empty()) << command.name << names;
        }
        for (const auto& argument : command.arguments) {
            if (!argument.choices.empty()) {
                EXPECT_NE(line_of(script, inside + " -a ").find(argument.choices.back()), std::string::npos)
                    << command.name;
            }
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
