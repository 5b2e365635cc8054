#include "adapters/helm/helm_command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace souk::helm {
namespace {

using ::testing::Contains;
using ::testing::Not;
using ::testing::Pair;

HelmOptions options() {
    return {.program = "/opt/helm",
            .kubeconfig = "/etc/kube.conf",
            .home = "/var/lib/souk/helm",
            .env = {{"KUBERNETES_SERVICE_HOST", "10.0.0.1"}}};
}

app::ReleaseRequest request() {
    return {*NamespaceName::parse("souk-ann-abcdef"),
            "ann",
            "/cache/chart",
            R"({"a":"x,y={z}"})",
            "0123abcd",
            std::chrono::seconds(90)};
}

app::ReleaseRef release() {
    return {*NamespaceName::parse("souk-ann-abcdef"), "ann", std::chrono::seconds(60)};
}

TEST(HelmCommand, ApplyIsOneUpgradeThatInstallsAndDoesNotWait) {
    const runtime::Command command = helm_apply(options(), HelmVersion::V4, request());
    EXPECT_EQ(command.program, "/opt/helm");
    const std::vector<std::string> expected = {"upgrade",
                                               "--install",
                                               "ann",
                                               "/cache/chart",
                                               "--namespace",
                                               "souk-ann-abcdef",
                                               "--labels",
                                               "souk.dev/digest=0123abcd",
                                               "--history-max",
                                               "5",
                                               "--reset-values",
                                               "--timeout",
                                               "90s",
                                               "--values",
                                               "-",
                                               "--server-side=true",
                                               "--force-conflicts"};
    EXPECT_EQ(command.args, expected);
    EXPECT_EQ(command.timeout, std::chrono::seconds(120));
}

TEST(HelmCommand, ValuesGoThroughStdinAndNowhereElse) {
    const runtime::Command command = helm_apply(options(), HelmVersion::V3, request());
    EXPECT_EQ(command.stdin_text, R"({"a":"x,y={z}"})");
    for (const std::string& arg : command.args) {
        EXPECT_EQ(arg.find("x,y"), std::string::npos);
        EXPECT_FALSE(arg.starts_with("--set"));
    }
}

TEST(HelmCommand, Version3GetsNoFlagOfVersion4) {
    for (const std::string& arg : helm_apply(options(), HelmVersion::V3, request()).args) {
        EXPECT_FALSE(arg.starts_with("--server-side") || arg == "--force-conflicts");
    }
    for (const std::string& arg : helm_rollback(options(), HelmVersion::V3, release(), 2).args) {
        EXPECT_FALSE(arg.starts_with("--server-side") || arg == "--force-conflicts");
    }
}

TEST(HelmCommand, RemoveForgivesAnAbsentRelease) {
    const runtime::Command command = helm_remove(options(), release());
    const std::vector<std::string> expected = {
        "uninstall", "ann", "--namespace", "souk-ann-abcdef", "--ignore-not-found", "--timeout", "60s"};
    EXPECT_EQ(command.args, expected);
}

TEST(HelmCommand, RollbackNamesItsRevision) {
    const runtime::Command command = helm_rollback(options(), HelmVersion::V4, release(), 3);
    EXPECT_EQ(command.args[0], "rollback");
    EXPECT_EQ(command.args[1], "ann");
    EXPECT_EQ(command.args[2], "3");
}

TEST(HelmCommand, EnvironmentIsOursAndHasNoPlugins) {
    const runtime::Command command = helm_version(options());
    EXPECT_THAT(command.env, Contains(Pair("KUBECONFIG", "/etc/kube.conf")));
    EXPECT_THAT(command.env, Contains(Pair("HELM_CACHE_HOME", "/var/lib/souk/helm/cache")));
    EXPECT_THAT(command.env, Contains(Pair("HELM_PLUGINS", "/var/lib/souk/helm/no-plugins")));
    EXPECT_THAT(command.env, Contains(Pair("KUBERNETES_SERVICE_HOST", "10.0.0.1")));
    HelmOptions inside = options();
    inside.kubeconfig.clear();
    EXPECT_THAT(helm_version(inside).env, Not(Contains(Pair("KUBECONFIG", ::testing::_))));
}

TEST(HelmCommand, EveryCommandNamesTheContextThatWasChosen) {
    HelmOptions chosen = options();
    chosen.context = "shop";
    for (const runtime::Command& command :
         {helm_apply(chosen, HelmVersion::V4, request()), helm_apply(chosen, HelmVersion::V3, request()),
          helm_remove(chosen, release()), helm_rollback(chosen, HelmVersion::V4, release(), 2)}) {
        EXPECT_THAT(command.args, Contains("--kube-context=shop"));
    }
}

TEST(HelmCommand, TheGivenEnvironmentReplacesOurs) {
    HelmOptions outside = options();
    outside.env = {{"HOME", "/home/ann"}};
    const auto env = helm_remove(outside, release()).env;
    EXPECT_THAT(env, Contains(Pair("HOME", "/home/ann")));
    EXPECT_THAT(env, Not(Contains(Pair("HOME", "/var/lib/souk/helm"))));
    // What helm remembers of a cluster stays in our folder.
    EXPECT_THAT(env, Contains(Pair("KUBECACHEDIR", "/var/lib/souk/helm/kube-cache")));
}

TEST(HelmCommand, VersionsAreReadFromOneShortLine) {
    EXPECT_EQ(*parse_helm_version("v4.3.1\n"), HelmVersion::V4);
    EXPECT_EQ(*parse_helm_version("v4.0.0+g99cd196"), HelmVersion::V4);
    EXPECT_EQ(*parse_helm_version("v3.18.4+gd80839c\n"), HelmVersion::V3);
    EXPECT_EQ(*parse_helm_version("v3.13.0\n"), HelmVersion::V3);
    for (const char* text : {"", "v3.12.3", "v2.17.0", "v5.0.0", "v4", "4.3.1", "version.BuildInfo{}",
                             "v99999999999.1", "v3.x"}) {
        const auto version = parse_helm_version(text);
        ASSERT_FALSE(version) << text;
        EXPECT_EQ(version.error().reason, "HelmUnsupported");
    }
}

}  // namespace
}  // namespace souk::helm
