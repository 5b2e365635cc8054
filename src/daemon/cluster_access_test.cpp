#include "daemon/cluster_access.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace souk::daemon {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;

class ClusterAccessTest : public ::testing::Test {
protected:
    ClusterAccessTest() {
        std::string name = (fs::temp_directory_path() / "souk-access-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
        std::ofstream(folder_ / "config") << R"(
current-context: other
contexts:
- {name: other, context: {cluster: other, user: ann}}
- {name: shop, context: {cluster: shop, user: ann}}
clusters:
- {name: other, cluster: {server: "https://other.example.com"}}
- {name: shop, cluster: {server: "https://shop.example.com"}}
users:
- {name: ann, user: {token: t}}
)";
        std::ofstream(folder_ / "ca.crt") << "certificate";
        std::ofstream(folder_ / "token") << "token";
        settings_.cache_path = folder_ / "cache";
    }
    ~ClusterAccessTest() override { fs::remove_all(folder_); }

    fs::path folder_;
    Settings settings_;
    const Environment environment_ = {{"HOME", "/home/ann"},
                                      {"KUBERNETES_SERVICE_HOST", "10.0.0.1"},
                                      {"KUBERNETES_SERVICE_PORT", "443"},
                                      {"SECRET", "not for children"}};
};

TEST_F(ClusterAccessTest, HelmIsToldTheContextThatSoukdUses) {
    settings_.kubeconfig = (folder_ / "config").string();
    settings_.kube_context = "shop";
    const auto access = cluster_access(settings_, environment_);
    ASSERT_TRUE(access) << access.error().message;
    EXPECT_EQ(access->kubeconfig.server, "https://shop.example.com");
    EXPECT_EQ(access->helm.kubeconfig, settings_.kubeconfig);
    EXPECT_EQ(access->helm.context, "shop");
}

TEST_F(ClusterAccessTest, CredentialProgramsGetTheHomeThatTheyKeepTheirSettingsIn) {
    settings_.kubeconfig = (folder_ / "config").string();
    const auto access = cluster_access(settings_, environment_);
    ASSERT_TRUE(access) << access.error().message;
    EXPECT_EQ(access->exec_env, (Environment{{"HOME", "/home/ann"}}));
    EXPECT_EQ(access->helm.env, access->exec_env);
}

TEST_F(ClusterAccessTest, InAPodHelmFindsTheSameApiServer) {
    const auto access = cluster_access(settings_, environment_, folder_.string());
    ASSERT_TRUE(access) << access.error().message;
    EXPECT_EQ(access->kubeconfig.server, "https://10.0.0.1:443");
    EXPECT_THAT(access->helm.kubeconfig, IsEmpty());
    EXPECT_THAT(access->helm.env, Contains(Pair("KUBERNETES_SERVICE_HOST", "10.0.0.1")));
    EXPECT_THAT(access->helm.env, Contains(Pair("KUBERNETES_SERVICE_PORT", "443")));
    EXPECT_THAT(access->helm.env, Not(Contains(Key("HOME"))));
    EXPECT_THAT(access->helm.env, Not(Contains(Key("SECRET"))));
}

TEST_F(ClusterAccessTest, AContextWithoutAKubeconfigIsRefused) {
    settings_.kube_context = "shop";
    const auto access = cluster_access(settings_, environment_, folder_.string());
    ASSERT_FALSE(access);
    EXPECT_EQ(access.error().code, ErrorCode::InvalidInput);
    EXPECT_NE(access.error().message.find("cluster.context"), std::string::npos);
}

TEST_F(ClusterAccessTest, WithoutAnyIdentityTheSettingIsNamed) {
    const auto access = cluster_access(settings_, {}, folder_.string());
    ASSERT_FALSE(access);
    EXPECT_NE(access.error().message.find("cluster.kubeconfig"), std::string::npos);
}

}  // namespace
}  // namespace souk::daemon
