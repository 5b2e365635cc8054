#include "daemon/settings.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace souk::daemon {
namespace {

/// The settings of whoever runs the test are not its own.
class SoukdSettings : public ::testing::Test {
protected:
    void SetUp() override {
        for (const auto& [name, value] : runtime::process_environment()) {
            if (name.starts_with("SOUK_")) {
                ::unsetenv(name.c_str());
            }
        }
    }
};

TEST_F(SoukdSettings, PrivateNetworksAreSortedByFamily) {
    const auto settings = load({"--cluster.private_ranges=203.0.113.9/24,2001:db8::1/32"});
    ASSERT_TRUE(settings) << settings.error().message;
    EXPECT_EQ(settings->kube.more_private_ranges_v4, std::vector<std::string>{"203.0.113.0/24"});
    EXPECT_EQ(settings->kube.more_private_ranges_v6, std::vector<std::string>{"2001:db8::/32"});
}

TEST_F(SoukdSettings, WhatIsNoNetworkOrAccountIsNamed) {
    for (const char* flag : {"--cluster.private_ranges=everything", "--cluster.private_ranges=10.0.0.0/40",
                             "--cluster.service_account=soukd", "--cluster.service_account=/soukd",
                             "--cluster.api_account=soukd-api"}) {
        const auto settings = load({flag});
        ASSERT_FALSE(settings) << flag;
        EXPECT_NE(settings.error().message.find("cluster."), std::string::npos) << settings.error().message;
    }
}

TEST_F(SoukdSettings, WhatTheChartIsGivenSoukdIsGivenToo) {
    const auto settings =
        load({"--cluster.service_account=platform/other", "--cluster.api_account=platform/reader",
              "--cluster.pod_security_version=v1.35"});
    ASSERT_TRUE(settings) << settings.error().message;
    EXPECT_EQ(settings->kube.worker, (kube::PlatformAccount{"platform", "other"}));
    EXPECT_EQ(settings->kube.api, (kube::PlatformAccount{"platform", "reader"}));
    EXPECT_EQ(settings->kube.pod_security_version, "v1.35");
}

/// The use cases are tested with the defaults of their own.
TEST_F(SoukdSettings, TheDefaultTimesAreThoseOfTheUseCases) {
    const auto settings = load(std::vector<std::string>{});
    ASSERT_TRUE(settings) << settings.error().message;
    const app::JobSettings jobs;
    EXPECT_EQ(settings->jobs.lease, jobs.lease);
    EXPECT_EQ(settings->jobs.backoff_base, jobs.backoff_base);
    EXPECT_EQ(settings->jobs.backoff_cap, jobs.backoff_cap);
    EXPECT_EQ(settings->jobs.max_attempts, jobs.max_attempts);
    const app::ReconcileSettings reconcile;
    EXPECT_EQ(settings->reconcile.max_snooze, reconcile.max_snooze);
    EXPECT_EQ(settings->reconcile.sweep, reconcile.sweep);
    EXPECT_EQ(settings->reconcile.check_pause, reconcile.check_pause);
    EXPECT_EQ(settings->reconcile.unavailable_pause, reconcile.unavailable_pause);
    EXPECT_EQ(settings->reconcile.helm_timeout, reconcile.helm_timeout);
    EXPECT_EQ(settings->reconcile.uninstall_deadline, reconcile.uninstall_deadline);
    EXPECT_EQ(settings->reconcile.deletion_deadline, reconcile.deletion_deadline);
    EXPECT_EQ(settings->reconcile.keep_failed, reconcile.keep_failed);
}

}  // namespace
}  // namespace souk::daemon
