#include "runtime/config/settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace souk::runtime {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

SettingsTable table() {
    return SettingsTable(
        "APP_",
        {
            {.name = "http.address", .default_value = "127.0.0.1:8080", .description = "Where to listen"},
            {.name = "http.workers", .type = SettingType::Integer, .default_value = "8", .min = 1, .max = 64},
            {.name = "http.max_body", .type = SettingType::Bytes, .default_value = "1Mi", .max = 8 << 20},
            {.name = "jobs.grace", .type = SettingType::Duration, .default_value = "30s", .min = 1000},
            {.name = "log.format",
             .default_value = "json",
             .allowed = {"json", "human"},
             .description = "a | b"},
            {.name = "dev.enabled", .type = SettingType::Boolean, .default_value = "false"},
            {.name = "hosts", .type = SettingType::TextList, .default_value = "a.test,b.test"},
            {.name = "mail.password", .secret = true},
        });
}

std::string problems(const Result<Settings>& result) {
    return result ? std::string("none") : result.error().message;
}

TEST(Settings, DefaultsApplyWhenNothingIsGiven) {
    const auto settings = load_settings(table(), {});
    ASSERT_TRUE(settings) << problems(settings);
    EXPECT_EQ(settings->text("http.address"), "127.0.0.1:8080");
    EXPECT_EQ(settings->integer("http.workers"), 8);
    EXPECT_EQ(settings->bytes("http.max_body"), 1 << 20);
    EXPECT_EQ(settings->duration("jobs.grace"), 30s);
    EXPECT_FALSE(settings->boolean("dev.enabled"));
    EXPECT_THAT(settings->list("hosts"), ElementsAre("a.test", "b.test"));
    EXPECT_TRUE(settings->secret("mail.password").empty());
    EXPECT_EQ(settings->origin("hosts"), "default");
}

TEST(Settings, FileThenEnvironmentThenFlagsTheLaterWins) {
    const auto settings =
        load_settings(table(), {.file_name = "app.toml",
                                .file_text = "hosts = [\"x\"]\n[http]\nworkers = 2\naddress = \":1\"\n"
                                             "max_body = \"2Mi\"\n[dev]\nenabled = true\n",
                                .environment = {{"APP_HTTP_ADDRESS", ":2"},
                                                {"APP_HTTP_MAX_BODY", "3Mi"},
                                                {"APP_HOSTS", "y, z"},
                                                {"PATH", "/bin"}},
                                .flags = {"--http.address=:3", "--jobs-grace", "1m30s"}});
    ASSERT_TRUE(settings) << problems(settings);
    EXPECT_EQ(settings->integer("http.workers"), 2);
    EXPECT_EQ(settings->origin("http.workers"), "file app.toml:3:11");
    EXPECT_EQ(settings->bytes("http.max_body"), 3 << 20);
    EXPECT_EQ(settings->origin("http.max_body"), "environment APP_HTTP_MAX_BODY");
    EXPECT_EQ(settings->text("http.address"), ":3");
    EXPECT_EQ(settings->origin("http.address"), "flag --http.address");
    EXPECT_EQ(settings->duration("jobs.grace"), 90s);
    EXPECT_THAT(settings->list("hosts"), ElementsAre("y", "z"));
    EXPECT_TRUE(settings->boolean("dev.enabled"));
}

TEST(Settings, AllProblemsAreReportedTogetherWithTheirPlace) {
    const auto settings = load_settings(
        table(), {.file_name = "app.toml",
                  .file_text = "hosts = \"x\"\n[http]\nworkers = 0\n  adress = \":1\"\n[unknown]\na = 1\n",
                  .environment = {{"APP_NONSENSE", "1"}, {"APP_LOG_FORMAT", "xml"}},
                  .flags = {"--jobs.grace=10ms", "--what", "value", "stray", "--http.address",
                            "--dev.enabled=maybe"}});
    ASSERT_FALSE(settings);
    EXPECT_EQ(settings.error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(settings.error().fields.size(), 11U) << settings.error().message;
    const auto& message = settings.error().message;
    for (const auto* expected : {
             "11 wrong settings:",
             "app.toml:1:9: hosts must be an array of texts without commas",
             "app.toml:3:11: http.workers must be at least 1",
             "app.toml:4:3: there is no setting http.adress",
             "app.toml:5:2: there is no setting unknown",
             "APP_NONSENSE: there is no setting for this environment variable",
             "APP_LOG_FORMAT: log.format must be one of \"json\" \"human\"",
             "--jobs.grace: jobs.grace must be at least 1000 ms",
             "--what: there is no such setting",
             "stray: is not a flag",
             "--http.address: needs a value",
             "--dev.enabled: dev.enabled must be true or false",
         }) {
        EXPECT_THAT(message, HasSubstr(expected));
    }
}

TEST(Settings, AFileThatIsNotTomlIsReportedWithItsPlace) {
    const auto settings =
        load_settings(table(), {.file_name = "app.toml", .file_text = "[http]\nworkers = = 2\n"});
    ASSERT_FALSE(settings);
    EXPECT_THAT(settings.error().message, HasSubstr("app.toml:2:"));
}

TEST(Settings, VariablesThatKubernetesMakesForServicesAreNotOurs) {
    const auto settings = load_settings(table(), {.environment = {{"APP_SERVICE_HOST", "10.0.0.1"},
                                                                  {"APP_SERVICE_PORT", "80"},
                                                                  {"APP_SERVICE_PORT_HTTP", "80"},
                                                                  {"APP_PORT", "tcp://10.0.0.1:80"},
                                                                  {"APP_PORT_80_TCP_ADDR", "10.0.0.1"},
                                                                  {"APP_TOKEN", "for another program"}},
                                                  .ignored_environment = {"APP_TOKEN"}});
    EXPECT_TRUE(settings) << problems(settings);
}

TEST(Settings, SecretsComeFromFilesAndVariablesAndAreNeverShown) {
    std::string path = std::filesystem::temp_directory_path() / "secret-XXXXXX";
    ::close(::mkstemp(path.data()));
    std::ofstream(path) << "from file\n";
    const auto from_file = load_settings(table(), {.flags = {"--mail.password=file:" + path}});
    ASSERT_TRUE(from_file) << problems(from_file);
    EXPECT_EQ(from_file->secret("mail.password").reveal(), "from file");
    std::filesystem::remove(path);

    const auto from_env =
        load_settings(table(), {.environment = {{"MAIL_PW", "pw"}, {"APP_MAIL_PASSWORD", "env:MAIL_PW"}}});
    ASSERT_TRUE(from_env) << problems(from_env);
    EXPECT_EQ(from_env->secret("mail.password").reveal(), "pw");
    EXPECT_THROW(from_env->text("mail.password"), std::logic_error);

    const auto in_clear = load_settings(table(), {.flags = {"--mail.password=hunter2"}});
    ASSERT_FALSE(in_clear);
    EXPECT_THAT(in_clear.error().message, Not(HasSubstr("hunter2")));
    EXPECT_THAT(in_clear.error().message, HasSubstr("flags are visible"));

    EXPECT_FALSE(load_settings(table(), {.flags = {"--mail.password=env:NOT_THERE"}}));
    EXPECT_FALSE(load_settings(table(), {.flags = {"--mail.password=file:/not/there"}}));
}

TEST(Settings, WhatCannotBeAFileIsAProblemWithAName) {
    const std::string folder = std::filesystem::temp_directory_path();
    const auto secret = load_settings(table(), {.flags = {"--mail.password=file:" + folder}});
    ASSERT_FALSE(secret);
    EXPECT_EQ(secret.error().fields.at(0).code, "unreadable_secret");
    EXPECT_THAT(secret.error().message, HasSubstr(folder + ": Is a directory"));
    EXPECT_EQ(read_settings_file(folder).error().code, ErrorCode::Unavailable);

    std::string endless = folder + "/settings-XXXXXX";
    ::close(::mkstemp(endless.data()));
    std::filesystem::resize_file(endless, (1 << 20) + 1);
    EXPECT_THAT(read_settings_file(endless).error().message, HasSubstr("larger than 1 MiB"));
    std::filesystem::resize_file(endless, 1 << 20);
    EXPECT_EQ(read_settings_file(endless).value_or("").size(), 1U << 20);
    std::filesystem::remove(endless);
}

TEST(Settings, AskingForWhatIsNotDefinedIsABug) {
    const auto settings = load_settings(table(), {});
    ASSERT_TRUE(settings);
    EXPECT_THROW(settings->text("no.such"), std::logic_error);
    EXPECT_THROW(settings->text("http.workers"), std::logic_error);
    EXPECT_THROW(settings->duration("http.workers"), std::logic_error);
    EXPECT_THROW(settings->secret("http.address"), std::logic_error);
}

TEST(SettingsTable, WrongDefinitionsAreBugs) {
    EXPECT_THROW(SettingsTable("A_", {{.name = "Http"}}), std::logic_error);
    EXPECT_THROW(SettingsTable("A_", {{.name = "a..b"}}), std::logic_error);
    EXPECT_THROW(SettingsTable("A_", {{.name = "a.b"}, {.name = "a.b"}}), std::logic_error);
    EXPECT_THROW(SettingsTable("A_", {{.name = "a.b_c"}, {.name = "a.b.c"}}), std::logic_error);
    EXPECT_THROW(SettingsTable("A_", {{.name = "a", .type = SettingType::Integer}}), std::logic_error);
    EXPECT_THROW(
        SettingsTable("A_", {{.name = "a", .type = SettingType::Integer, .default_value = "0", .min = 1}}),
        std::logic_error);
}

TEST(ParseSetting, DurationsAndSizesNeedTheirUnits) {
    const auto number = [](SettingType type, std::string_view text) {
        const auto value = parse_setting({.name = "x", .type = type}, text);
        return value ? std::get<std::int64_t>(*value) : -1;
    };
    EXPECT_EQ(number(SettingType::Duration, "250ms"), 250);
    EXPECT_EQ(number(SettingType::Duration, "1h30m"), 5'400'000);
    EXPECT_EQ(number(SettingType::Duration, "2d"), 172'800'000);
    EXPECT_EQ(number(SettingType::Duration, "0"), 0);
    for (const auto* text : {"", "30", "s", "-1s", "1.5s", "1s ", "1x", "1s2", "99999999999999999999s",
                             "9223372036854775807h"}) {
        EXPECT_EQ(number(SettingType::Duration, text), text == std::string_view("1s ") ? 1000 : -1) << text;
    }
    EXPECT_EQ(number(SettingType::Bytes, "512"), 512);
    EXPECT_EQ(number(SettingType::Bytes, "16Ki"), 16384);
    EXPECT_EQ(number(SettingType::Bytes, "2G"), 2'000'000'000);
    for (const auto* text : {"", "Ki", "1KB", "-1", "1.5Gi", "9223372036854775807Ki"}) {
        EXPECT_EQ(number(SettingType::Bytes, text), -1) << text;
    }
    EXPECT_EQ(number(SettingType::Integer, "-5"), -5);
    EXPECT_FALSE(parse_setting({.name = "x", .type = SettingType::Integer}, "5x"));
    EXPECT_FALSE(parse_setting({.name = "x", .type = SettingType::Boolean}, "1"));
}

TEST(SettingsReference, ListsEveryKeyWithoutBreakingTheTable) {
    const auto page = settings_reference(table());
    EXPECT_THAT(page, HasSubstr("## http\n\n| Key | Type | Default | Bounds | Environment | Meaning |\n"));
    EXPECT_THAT(
        page,
        HasSubstr(
            "| `http.address` | text | `127.0.0.1:8080` |  | `APP_HTTP_ADDRESS` | Where to listen |\n"));
    EXPECT_THAT(page, HasSubstr("| `http.workers` | number | `8` | from 1 to 64 | `APP_HTTP_WORKERS` |"));
    EXPECT_THAT(
        page, HasSubstr("| `log.format` | text | `json` | `json`, `human` | `APP_LOG_FORMAT` | a \\| b |\n"));
    EXPECT_THAT(page, HasSubstr("| `mail.password` | text, secret |  |  |"));
}

TEST(ProcessEnvironment, SplitsAtTheFirstEqualsSign) {
    ::setenv("APP_SPLIT_TEST", "a=b", 1);
    const auto environment = process_environment();
    ::unsetenv("APP_SPLIT_TEST");
    EXPECT_THAT(environment,
                ::testing::Contains(std::pair<std::string, std::string>("APP_SPLIT_TEST", "a=b")));
}

}  // namespace
}  // namespace souk::runtime
