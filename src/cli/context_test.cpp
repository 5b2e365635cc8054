#include "cli/context.hpp"

#include "cli/private_file.hpp"
#include "client/server_url.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

namespace souk::cli {
namespace {

namespace fs = std::filesystem;

class ContextFile : public testing::Test {
protected:
    void SetUp() override {
        folder_ = fs::temp_directory_path() / ("souk-context-" + std::to_string(::getpid()));
        fs::create_directories(folder_);
        variables_["XDG_CONFIG_HOME"] = folder_.string();
        std::ofstream(token_file()) << "secret-of-file\n";
    }
    void TearDown() override { fs::remove_all(folder_); }

    std::string token_file() const { return (folder_ / "token").string(); }
    std::string path() const { return (folder_ / "souk/context.json").string(); }
    Environment environment() const {
        return {[this](const std::string& name) -> std::optional<std::string> {
            const auto found = variables_.find(name);
            return found == variables_.end() ? std::nullopt : std::optional(found->second);
        }};
    }

    fs::path folder_;
    std::map<std::string, std::string> variables_;
};

TEST_F(ContextFile, IsWrittenForTheOwnerOnlyAndReadBack) {
    ASSERT_TRUE(save_context(path(), {"http://a:1", token_file(), {}, {}}));
    EXPECT_EQ(fs::status(path()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(fs::status(folder_ / "souk").permissions(), fs::perms::owner_all);
    const auto server = choose_server({}, environment());
    ASSERT_TRUE(server);
    EXPECT_EQ(server->url, "http://a:1");
    EXPECT_EQ(server->token.reveal(), "secret-of-file");
}

TEST_F(ContextFile, IsRefusedWhenOthersCanReadIt) {
    ASSERT_TRUE(save_context(path(), {"http://a:1", token_file(), {}, {}}));
    fs::permissions(path(), fs::perms::group_read, fs::perm_options::add);
    const auto server = choose_server({}, environment());
    ASSERT_FALSE(server);
    EXPECT_NE(server.error().message.find("others can read"), std::string::npos);
}

TEST_F(ContextFile, IsRefusedWhenItIsNotOne) {
    ASSERT_TRUE(write_private_file(path(), "[1]"));
    EXPECT_FALSE(choose_server({}, environment()));
}

TEST_F(ContextFile, FlagsWinOverVariablesOverContext) {
    ASSERT_TRUE(save_context(path(), {"http://context:1", {}, Secret("of-context"), {}}));
    EXPECT_EQ(choose_server({}, environment())->token.reveal(), "of-context");
    variables_["SOUK_SERVER"] = "http://variable:1/";
    variables_["SOUK_TOKEN"] = "of-variable";
    EXPECT_EQ(choose_server({}, environment())->url, "http://variable:1");
    EXPECT_EQ(choose_server({}, environment())->token.reveal(), "of-variable");
    const auto server = choose_server({"http://flag:1", token_file(), {}}, environment());
    EXPECT_EQ(server->url, "http://flag:1");
    EXPECT_EQ(server->token.reveal(), "secret-of-file");
}

TEST_F(ContextFile, ItsTokenGoesToItsServerOnly) {
    ASSERT_TRUE(save_context(path(), {"http://context:1", {}, Secret("of-context"), {}}));
    EXPECT_FALSE(choose_server({"http://other:1", {}, {}}, environment()));
    EXPECT_TRUE(choose_server({"http://context:1/", {}, {}}, environment()));
}

TEST_F(ContextFile, ATokenThatWouldSplitAHeaderIsRefused) {
    variables_["SOUK_TOKEN"] = "a\r\nX-Evil: 1";
    EXPECT_FALSE(choose_server({}, environment()));
}

TEST(ServerUrl, IsSchemeAndHostOnly) {
    EXPECT_EQ(client::parse_server_url("https://a.example/").value(), "https://a.example");
    for (const auto* wrong :
         {"", "a.example", "ftp://a", "http://", "http://u:p@a", "http://a/b", "http://a?b", "http://a\n"}) {
        EXPECT_FALSE(client::parse_server_url(wrong)) << wrong;
    }
}

}  // namespace
}  // namespace souk::cli
