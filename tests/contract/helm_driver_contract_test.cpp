#include "tests/contract/helm_driver_contract.hpp"

#include "tests/support/fake_helm_driver.hpp"

#include <chrono>
#include <stop_token>
#include <string>
#include <thread>

namespace souk::contract {

/// Helm from PATH, or the program that the variable names. In helm_driver_contract_cli.cpp.
HelmWorldParam cli_helm_world(const char* name, const char* program_variable);

namespace {

class FakeHelmWorld final : public HelmWorld {
public:
    app::HelmDriver& driver() override { return driver_; }
    NamespaceName new_namespace() override {
        return *NamespaceName::parse("souk-test-" + std::to_string(++count_));
    }
    ObservedRelease observed(const NamespaceName& ns, const std::string& release) override {
        return driver_.observed(ns.str(), release);
    }
    app::ReleaseRequest request(const NamespaceName& ns, const std::string& greeting) override {
        return {ns,
                "ann",
                "/chart",
                "{\"greeting\":\"" + greeting + "\"}",
                "digest-" + greeting,
                std::chrono::seconds(60)};
    }
    app::ReleaseRequest wrong_request(const NamespaceName& ns) override {
        driver_.fail_next(fakes::FakeHelmDriver::Verb::Apply,
                          {ErrorCode::InvalidInput, "helm: values refused", "ChartInvalid", {}});
        return request(ns, "wrong");
    }
    app::ReleaseRequest refused_request(const NamespaceName& ns) override {
        driver_.refuse_next_apply({ErrorCode::InvalidInput, "helm: not a label", "ChartInvalid", {}});
        return request(ns, "refused");
    }
    Result<> apply_and_die(const app::ReleaseRequest& request) override {
        driver_.die_next(fakes::FakeHelmDriver::Verb::Apply,
                         {ErrorCode::Unavailable, "helm was killed", "HelmKilled", {}});
        return driver_.apply(request, {});
    }
    Result<> remove_and_die(const app::ReleaseRequest& request) override {
        EXPECT_TRUE(driver_.apply(request, {}));
        driver_.die_next(fakes::FakeHelmDriver::Verb::Remove,
                         {ErrorCode::Unavailable, "helm was killed", "HelmKilled", {}});
        return driver_.remove({request.ns, request.release}, {});
    }
    void forget_newest(const NamespaceName& ns, const std::string& release) override {
        auto history = driver_.history(ns.str(), release);
        history.pop_back();
        driver_.put(ns.str(), release, std::move(history));
    }
    void forget(const NamespaceName& ns, const std::string& release) override {
        driver_.forget(ns.str(), release);
    }
    std::string objects(const NamespaceName&) override { return "the fake has releases only"; }
    void stop_api() override {
        driver_.fail_all(Error{ErrorCode::Unavailable, "no API server", "ClusterUnreachable", {}});
    }
    void start_api() override { driver_.fail_all(std::nullopt); }

private:
    fakes::FakeHelmDriver driver_;
    int count_ = 0;
};

TEST_P(HelmDriverContract, InstallsUpgradesAndLabelsWithTheDigest) {
    const NamespaceName ns = world_->new_namespace();
    EXPECT_EQ(world_->observed(ns, "ann").state, ReleaseState::Absent);
    const Result<> installed = driver().apply(world_->request(ns, "one"), {});
    ASSERT_TRUE(installed) << installed.error().message;
    const ObservedRelease first = world_->observed(ns, "ann");
    EXPECT_EQ(first.state, ReleaseState::Deployed);
    EXPECT_EQ(first.revision, 1);
    EXPECT_EQ(first.digest, "digest-one");
    const Result<> upgraded = driver().apply(world_->request(ns, "two"), {});
    ASSERT_TRUE(upgraded) << upgraded.error().message;
    const ObservedRelease second = world_->observed(ns, "ann");
    EXPECT_EQ(second.revision, 2);
    EXPECT_EQ(second.last_deployed_revision, 2);
    EXPECT_EQ(second.digest, "digest-two");
}

TEST_P(HelmDriverContract, ApplyingTwiceChangesNothingButTheRevision) {
    const NamespaceName ns = world_->new_namespace();
    ASSERT_TRUE(driver().apply(world_->request(ns, "one"), {}));
    ASSERT_TRUE(driver().apply(world_->request(ns, "one"), {}));
    const ObservedRelease release = world_->observed(ns, "ann");
    EXPECT_EQ(release.state, ReleaseState::Deployed);
    EXPECT_EQ(release.revision, 2);
}

TEST_P(HelmDriverContract, RemovingTwiceAndRemovingNothingAreSuccess) {
    const NamespaceName ns = world_->new_namespace();
    EXPECT_TRUE(driver().remove({ns, "ann"}, {}));
    ASSERT_TRUE(driver().apply(world_->request(ns, "one"), {}));
    EXPECT_TRUE(driver().remove({ns, "ann"}, {}));
    EXPECT_EQ(world_->observed(ns, "ann").state, ReleaseState::Absent);
    EXPECT_TRUE(driver().remove({ns, "ann"}, {}));
}

TEST_P(HelmDriverContract, RollbackBringsBackARevisionWithItsDigest) {
    const NamespaceName ns = world_->new_namespace();
    ASSERT_TRUE(driver().apply(world_->request(ns, "one"), {}));
    ASSERT_TRUE(driver().apply(world_->request(ns, "two"), {}));
    const Result<> back = driver().rollback({ns, "ann"}, 1, {});
    ASSERT_TRUE(back) << back.error().message;
    const ObservedRelease release = world_->observed(ns, "ann");
    EXPECT_EQ(release.state, ReleaseState::Deployed);
    EXPECT_EQ(release.revision, 3);
    EXPECT_EQ(release.digest, "digest-one");
}

TEST_P(HelmDriverContract, RollbackToWhatIsNotThereIsNotFound) {
    const NamespaceName ns = world_->new_namespace();
    EXPECT_EQ(driver().rollback({ns, "ann"}, 1, {}).error().code, ErrorCode::NotFound);
    ASSERT_TRUE(driver().apply(world_->request(ns, "one"), {}));
    EXPECT_EQ(driver().rollback({ns, "ann"}, 99, {}).error().code, ErrorCode::NotFound);
    EXPECT_EQ(driver().rollback({ns, "ann"}, 0, {}).error().code, ErrorCode::InvalidInput);
}

TEST_P(HelmDriverContract, RefusedValuesAreInvalidInputAndLeaveNothing) {
    const NamespaceName ns = world_->new_namespace();
    const Result<> refused = driver().apply(world_->wrong_request(ns), {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::InvalidInput) << refused.error().message;
    EXPECT_EQ(refused.error().reason, "ChartInvalid");
    EXPECT_EQ(world_->observed(ns, "ann").state, ReleaseState::Absent);
}

TEST_P(HelmDriverContract, AKilledInstallStaysPendingUntilItIsRemoved) {
    const NamespaceName ns = world_->new_namespace();
    const Result<> killed = world_->apply_and_die(world_->request(ns, "one"));
    ASSERT_FALSE(killed);
    EXPECT_EQ(killed.error().code, ErrorCode::Unavailable) << killed.error().message;
    EXPECT_EQ(world_->observed(ns, "ann").state, ReleaseState::PendingInstall);
    const Result<> locked = driver().apply(world_->request(ns, "one"), {});
    ASSERT_FALSE(locked);
    EXPECT_EQ(locked.error().code, ErrorCode::Conflict) << locked.error().message;
    EXPECT_EQ(locked.error().reason, "ReleaseLocked");
    ASSERT_TRUE(driver().remove({ns, "ann"}, {}));
    EXPECT_EQ(world_->observed(ns, "ann").state, ReleaseState::Absent);
    const Result<> again = driver().apply(world_->request(ns, "one"), {});
    EXPECT_TRUE(again) << again.error().message;
}

TEST_P(HelmDriverContract, AKilledUpgradeIsRolledBack) {
    const NamespaceName ns = world_->new_namespace();
    ASSERT_TRUE(driver().apply(world_->request(ns, "one"), {}));
    ASSERT_FALSE(world_->apply_and_die(world_->request(ns, "two")));
    const ObservedRelease pending = world_->observed(ns, "ann");
    EXPECT_EQ(pending.state, ReleaseState::PendingUpgrade);
    EXPECT_EQ(pending.last_deployed_revision, 1);
    const Result<> back = driver().rollback({ns, "ann"}, 1, {});
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(world_->observed(ns, "ann").state, ReleaseState::Deployed);
    EXPECT_EQ(world_->observed(ns, "ann").digest, "digest-one");
    EXPECT_TRUE(driver().apply(world_->request(ns, "two"), {}));
}

// What next_release_action (core/reconcile) does with a store that has data, where Helm refuses an upgrade:
// the records go, and the next apply installs over the objects.

TEST_P(HelmDriverContract, AKilledInstallOverDataIsForgottenAndInstalledOverIt) {
    const NamespaceName ns = world_->new_namespace();
    ASSERT_TRUE(driver().apply(world_->request(ns, "one"), {}));
    const std::string before = world_->objects(ns);
    world_->forget(ns, "ann");  // somebody removed the records, and the next helm was killed
    ASSERT_FALSE(world_->apply_and_die(world_->request(ns, "one")));
    ASSERT_EQ(world_->observed(ns, "ann").state, ReleaseState::PendingInstall);
    EXPECT_EQ(driver().apply(world_->request(ns, "one"), {}).error().reason, "ReleaseLocked");

    world_->forget(ns, "ann");
    const Result<> installed = driver().apply(world_->request(ns, "one"), {});
    ASSERT_TRUE(installed) << installed.error().message;
    EXPECT_EQ(world_->observed(ns, "ann").state, ReleaseState::Deployed);
    EXPECT_EQ(world_->observed(ns, "ann").digest, "digest-one");
    EXPECT_EQ(world_->objects(ns), before) << "an object was made anew";
    EXPECT_TRUE(driver().apply(world_->request(ns, "two"), {})) << "the release is an ordinary one again";
    EXPECT_EQ(world_->objects(ns), before);
}

TEST_P(HelmDriverContract, AKilledUpgradeWithNothingToGoBackToIsForgottenAndInstalledOverIt) {
    const NamespaceName ns = world_->new_namespace();
    ASSERT_TRUE(driver().apply(world_->request(ns, "one"), {}));
    const std::string before = world_->objects(ns);
    world_->forget(ns, "ann");
    ASSERT_FALSE(driver().apply(world_->refused_request(ns), {}));
    ASSERT_EQ(world_->observed(ns, "ann").state, ReleaseState::Failed);
    ASSERT_FALSE(world_->apply_and_die(world_->request(ns, "one")));
    ASSERT_EQ(world_->observed(ns, "ann").state, ReleaseState::PendingUpgrade);
    ASSERT_EQ(world_->observed(ns, "ann").last_deployed_revision, 0);
    EXPECT_EQ(driver().apply(world_->request(ns, "one"), {}).error().reason, "ReleaseLocked");

    world_->forget(ns, "ann");
    const Result<> installed = driver().apply(world_->request(ns, "one"), {});
    ASSERT_TRUE(installed) << installed.error().message;
    EXPECT_EQ(world_->observed(ns, "ann").state, ReleaseState::Deployed);
    EXPECT_EQ(world_->objects(ns), before) << "an object was made anew";
}

TEST_P(HelmDriverContract, AKilledUninstallOverDataIsForgottenAndInstalledOverIt) {
    const NamespaceName ns = world_->new_namespace();
    ASSERT_TRUE(driver().apply(world_->request(ns, "one"), {}));
    const std::string before = world_->objects(ns);
    ASSERT_FALSE(world_->remove_and_die(world_->request(ns, "one")));
    ASSERT_EQ(world_->observed(ns, "ann").state, ReleaseState::Uninstalling);
    EXPECT_EQ(driver().apply(world_->request(ns, "one"), {}).error().code, ErrorCode::Conflict);

    world_->forget(ns, "ann");
    const Result<> installed = driver().apply(world_->request(ns, "one"), {});
    ASSERT_TRUE(installed) << installed.error().message;
    EXPECT_EQ(world_->observed(ns, "ann").state, ReleaseState::Deployed);
    EXPECT_EQ(world_->objects(ns), before) << "an object was made anew";
}

TEST_P(HelmDriverContract, AFailedFirstRevisionIsUpgraded) {
    const NamespaceName ns = world_->new_namespace();
    ASSERT_FALSE(driver().apply(world_->refused_request(ns), {}));
    ASSERT_EQ(world_->observed(ns, "ann").state, ReleaseState::Failed);
    const Result<> upgraded = driver().apply(world_->request(ns, "one"), {});
    ASSERT_TRUE(upgraded) << upgraded.error().message;
    EXPECT_EQ(world_->observed(ns, "ann").state, ReleaseState::Deployed);
}

TEST_P(HelmDriverContract, ASupersededRevisionWithoutItsSuccessorIsUpgraded) {
    const NamespaceName ns = world_->new_namespace();
    ASSERT_TRUE(driver().apply(world_->request(ns, "one"), {}));
    ASSERT_TRUE(driver().apply(world_->request(ns, "two"), {}));
    const std::string before = world_->objects(ns);
    world_->forget_newest(ns, "ann");
    ASSERT_EQ(world_->observed(ns, "ann").state, ReleaseState::SupersededOnly);
    const Result<> upgraded = driver().apply(world_->request(ns, "two"), {});
    ASSERT_TRUE(upgraded) << upgraded.error().message;
    EXPECT_EQ(world_->observed(ns, "ann").state, ReleaseState::Deployed);
    EXPECT_EQ(world_->objects(ns), before);
}

TEST_P(HelmDriverContract, AnApiServerThatIsAwayIsUnavailable) {
    const NamespaceName ns = world_->new_namespace();
    world_->stop_api();
    const Result<> applied = driver().apply(world_->request(ns, "one"), {});
    const Result<> removed = driver().remove({ns, "ann"}, {});
    world_->start_api();
    ASSERT_FALSE(applied);
    EXPECT_EQ(applied.error().code, ErrorCode::Unavailable) << applied.error().message;
    ASSERT_FALSE(removed) << "an outage must not look like an absent release";
    EXPECT_EQ(removed.error().code, ErrorCode::Unavailable) << removed.error().message;
}

TEST_P(HelmDriverContract, AStopBeforeTheStartIsCancelled) {
    std::stop_source stop;
    stop.request_stop();
    const NamespaceName ns = world_->new_namespace();
    EXPECT_EQ(driver().apply(world_->request(ns, "one"), stop.get_token()).error().code,
              ErrorCode::Cancelled);
    EXPECT_EQ(driver().remove({ns, "ann"}, stop.get_token()).error().code, ErrorCode::Cancelled);
    EXPECT_EQ(world_->observed(ns, "ann").state, ReleaseState::Absent);
}

std::string name_of(const ::testing::TestParamInfo<HelmWorldParam>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(Drivers, HelmDriverContract,
                         ::testing::Values(HelmWorldParam{"Fake",
                                                          [](std::string&) -> std::unique_ptr<HelmWorld> {
                                                              return std::make_unique<FakeHelmWorld>();
                                                          }},
                                           cli_helm_world("Cli", nullptr),
                                           cli_helm_world("Cli3", "SOUK_TEST_HELM3")),
                         name_of);

}  // namespace
}  // namespace souk::contract
