#include "adapters/kube/assess.hpp"

#include "adapters/kube/api_client.hpp"
#include "adapters/kube/api_errors.hpp"

#include <gtest/gtest.h>

namespace souk::kube {
namespace {

using namespace std::chrono_literals;

const Timestamp kNow = from_micros(1'000'000'000'000);

Workload deployment(std::int64_t available = 1) {
    Workload out;
    out.name = "ann-web";
    out.component = "web";
    out.instance = "ann";
    out.generation = out.observed_generation = 2;
    out.current = out.updated = 1;
    out.available = available;
    return out;
}

Workload stateful(std::int64_t available = 1) {
    Workload out = deployment(available);
    out.stateful = true;
    out.name = "ann-db";
    out.component = "db";
    out.on_delete = true;
    out.updated = 0;
    return out;
}

Pod pod(const std::string& component, const std::string& reason, std::chrono::seconds age = 5s) {
    Pod out;
    out.name = "ann-" + component + "-0";
    out.component = component;
    out.phase = "Pending";
    out.reason = reason;
    out.container = "main";
    out.image = "localhost/souk/x:1";
    out.created = out.started = kNow - age;
    return out;
}

Engine engine() {
    Engine out;
    out.setup_component = "setup";
    out.data_components = {"db"};
    return out;
}

SetupJob job(bool failed) {
    SetupJob out;
    out.name = "ann-setup-1";
    out.component = "setup";
    out.failed = failed;
    out.complete = false;
    return out;
}

TEST(Assess, ARolloutIsReadyOnlyWhenTheNewPodsAreAvailable) {
    StoreView view;
    EXPECT_EQ(assess_workloads(view, "ann", kNow).state, Readiness::Absent);
    view.workloads = {deployment()};
    EXPECT_EQ(assess_workloads(view, "ann", kNow).state, Readiness::Ready);
    EXPECT_EQ(assess_workloads(view, "bob", kNow).state, Readiness::Absent);
    view.workloads[0].generation = 3;
    EXPECT_EQ(assess_workloads(view, "ann", kNow).state, Readiness::Waiting)
        << "the controller has not seen the change";
    view.workloads = {deployment()};
    view.workloads[0].updated = 0;
    EXPECT_EQ(assess_workloads(view, "ann", kNow).state, Readiness::Waiting) << "old pods serve";
    view.workloads = {deployment()};
    view.workloads[0].current = 2;
    EXPECT_EQ(assess_workloads(view, "ann", kNow).state, Readiness::Waiting) << "old pods are still there";
    view.workloads = {deployment(0)};
    EXPECT_EQ(assess_workloads(view, "ann", kNow).state, Readiness::Waiting);
}

TEST(Assess, DataWaitsForEveryComponentAndOldPodsOfADatabaseWillDo) {
    StoreView view;
    EXPECT_EQ(assess_data(view, {"db"}, kNow).state, Readiness::Absent);
    EXPECT_EQ(assess_data(view, {}, kNow).state, Readiness::Ready);
    view.workloads = {stateful()};
    EXPECT_EQ(assess_data(view, {"db"}, kNow).state, Readiness::Ready);
    EXPECT_EQ(assess_data(view, {"db", "cache"}, kNow).state, Readiness::Absent);
    view.workloads[0].on_delete = false;
    EXPECT_EQ(assess_data(view, {"db"}, kNow).state, Readiness::Waiting);
}

TEST(Assess, APodWithoutANodeIsNamedAfterAMinute) {
    StoreView view;
    view.workloads = {stateful(0)};
    Pod lost = pod("db", "");
    lost.unschedulable = true;
    lost.unschedulable_since = kNow - 59s;
    lost.schedule_message = "no room";
    view.pods = {lost};
    EXPECT_EQ(assess_data(view, {"db"}, kNow).reason, "StatefulSetNotReady");
    view.pods[0].unschedulable_since = kNow - 61s;
    const ObservedPart part = assess_data(view, {"db"}, kNow);
    EXPECT_EQ(part.state, Readiness::Waiting);
    EXPECT_EQ(part.reason, "Unschedulable");
    EXPECT_NE(part.message.find("no room"), std::string::npos);
}

TEST(Assess, TheSetupSpeaksThroughItsPodsLastWords) {
    StoreView view;
    EXPECT_EQ(assess_setup(view, "setup", kNow).state, Readiness::Absent);
    view.jobs = {job(false)};
    EXPECT_EQ(assess_setup(view, "setup", kNow).state, Readiness::Waiting);
    view.jobs = {job(true)};
    EXPECT_EQ(assess_setup(view, "setup", kNow).reason, "SetupFailed");
    view.jobs[0].failed_reason = "DeadlineExceeded";
    EXPECT_EQ(assess_setup(view, "setup", kNow).reason, "SetupTimeout");
    Pod dead = pod("setup", "Error");
    dead.owner = "ann-setup-1";
    dead.termination = R"({"reason":"CurrencyUnknown","message":"The currency is unknown."})";
    view.pods = {dead};
    EXPECT_EQ(assess_setup(view, "setup", kNow).reason, "CurrencyUnknown");
    view.jobs[0].complete = true;
    EXPECT_EQ(assess_setup(view, "setup", kNow).state, Readiness::Ready);
}

TEST(Assess, OnlyAReasonAndASentenceAreTakenFromASetup) {
    EXPECT_TRUE(parse_termination(R"({"reason":"A","message":"b"})"));
    for (const char* text : {"", "died", "[]", R"({"reason":"not pascal","message":"b"})",
                             R"({"reason":"A"})", R"({"reason":1,"message":"b"})"}) {
        EXPECT_FALSE(parse_termination(text)) << text;
    }
    EXPECT_EQ(parse_termination(R"({"reason":"A","message":"x\u001b[31my"})")->message, "x [31my");
}

TEST(Assess, ReleaseRecordsAreReadNewestFirst) {
    EXPECT_EQ(assess_release({}).state, ReleaseState::Absent);
    const ObservedRelease release =
        assess_release({{2, "superseded", "b"}, {10, "failed", "c"}, {9, "deployed", "x"}});
    EXPECT_EQ(release.state, ReleaseState::Failed);
    EXPECT_EQ(release.revision, 10);
    EXPECT_EQ(release.last_deployed_revision, 9);
    EXPECT_EQ(release.digest, "c");
    EXPECT_EQ(assess_release({{1, "superseded", ""}}).state, ReleaseState::SupersededOnly);
    EXPECT_EQ(assess_release({{1, "new-word", ""}}).state, ReleaseState::Unknown);
}

struct BlockedCase {
    const char* name;
    Pod pod;
    Awaited awaited;
    const char* reason;  // empty: not blocked
};

class Blocked : public ::testing::TestWithParam<BlockedCase> {};

TEST_P(Blocked, IsWhatNeedsSomebodysHelp) {
    StoreView view;
    view.pods = {GetParam().pod};
    const auto failure = find_blocked(view, engine(), GetParam().awaited, kNow);
    EXPECT_EQ(failure ? failure->reason : "", GetParam().reason);
}

Pod crashing(const std::string& component, int restarts) {
    Pod out = pod(component, "CrashLoopBackOff");
    out.restarts = restarts;
    return out;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Blocked,
    ::testing::Values(
        BlockedCase{"first_pull_error", pod("web", "ErrImagePull", 29s), Awaited::Data, ""},
        BlockedCase{"lasting_pull_error", pod("web", "ErrImagePull", 31s), Awaited::Data, "ImagePullFailed"},
        BlockedCase{"back_off", pod("web", "ImagePullBackOff"), Awaited::Data, "ImagePullFailed"},
        BlockedCase{"starting", pod("web", "ContainerCreating", 600s), Awaited::Data, ""},
        BlockedCase{"config_error_at_first", pod("web", "CreateContainerConfigError"), Awaited::Data, ""},
        BlockedCase{"config_error", pod("web", "CreateContainerConfigError", 31s), Awaited::Data,
                    "ContainerConfigFailed"},
        BlockedCase{"four_crashes", crashing("db", 4), Awaited::Data, ""},
        BlockedCase{"five_crashes", crashing("db", 5), Awaited::Data, "CrashLoop"},
        BlockedCase{"web_without_its_database", crashing("web", 9), Awaited::Data, ""},
        BlockedCase{"web", crashing("web", 5), Awaited::Workloads, "CrashLoop"}),
    [](const auto& row) { return row.param.name; });

TEST(Blocked, EventsCountOnlyForWhatHasNoPods) {
    StoreView view;
    Workload db = stateful(0);
    db.uid = "u1";
    db.current = 0;
    view.workloads = {db};
    const auto reason = [&view](const std::string& uid, const std::string& why) {
        const auto failure = find_refused(view, {{uid, "ann-db", "pods \"x\" is forbidden: " + why}});
        return failure ? failure->reason : "";
    };
    EXPECT_EQ(reason("u1", "exceeded quota: souk-plan"), "QuotaExceeded");
    EXPECT_EQ(reason("u1", "violates PodSecurity \"restricted\""), "PodRefused");
    EXPECT_EQ(reason("u1", "status unknown for quota: souk-plan"), "");
    EXPECT_EQ(reason("u0", "exceeded quota: souk-plan"), "") << "one of that name, of before a retry";
    view.workloads[0].current = 1;
    EXPECT_EQ(reason("u1", "exceeded quota: souk-plan"), "") << "an old event";
}

struct AnswerCase {
    int status;
    const char* body;
    ErrorCode code;
    const char* reason;
};

TEST(ApiErrors, EachAnswerMeansOneThing) {
    for (const AnswerCase& row :
         {AnswerCase{404, R"({"kind":"Status","reason":"NotFound"})", ErrorCode::NotFound, "NotFound"},
          AnswerCase{409, R"({"kind":"Status","reason":"AlreadyExists"})", ErrorCode::Conflict,
                     "AlreadyExists"},
          AnswerCase{409, R"({"kind":"Status","reason":"Conflict"})", ErrorCode::Conflict, "Conflict"},
          AnswerCase{403, R"({"kind":"Status","message":"x is forbidden: exceeded quota: q"})",
                     ErrorCode::Forbidden, "QuotaExceeded"},
          AnswerCase{
              403,
              R"({"kind":"Status","message":"no","details":{"causes":[{"reason":"NamespaceTerminating"}]}})",
              ErrorCode::Conflict, "NamespaceTerminating"},
          AnswerCase{422, R"({"kind":"Status","message":"ValidatingAdmissionPolicy 'p' denied request"})",
                     ErrorCode::Forbidden, "AdmissionDenied"},
          AnswerCase{422, R"({"kind":"Status"})", ErrorCode::InvalidInput, "Invalid"},
          AnswerCase{410, "{}", ErrorCode::Gone, "Expired"},
          AnswerCase{429, "", ErrorCode::Unavailable, "TooManyRequests"},
          AnswerCase{503, "<html>", ErrorCode::Unavailable, "ServerError"},
          AnswerCase{504, "", ErrorCode::Timeout, "Timeout"},
          AnswerCase{401, "", ErrorCode::Unauthenticated, "Unauthenticated"},
          AnswerCase{302, "", ErrorCode::Internal, "UnexpectedAnswer"}}) {
        const Error error = error_of_answer({row.status, {}, row.body}, "GET x", false);
        EXPECT_EQ(error.code, row.code) << row.status << row.body;
        EXPECT_EQ(error.reason, row.reason) << row.status << row.body;
    }
}

TEST(ApiErrors, WordsAboutASecretAreLeftOut) {
    const runtime::HttpResponse answer{
        422, {}, R"({"kind":"Status","reason":"Invalid","message":"Invalid value: \"topsecret\""})"};
    EXPECT_NE(error_of_answer(answer, "create", false).message.find("topsecret"), std::string::npos);
    EXPECT_EQ(error_of_answer(answer, "create", true).message.find("topsecret"), std::string::npos);
}

TEST(ApiErrors, RetryAfterIsSaid) {
    const runtime::HttpResponse answer{429, {{"Retry-After", "7"}}, ""};
    EXPECT_NE(error_of_answer(answer, "get", false).message.find("retry after 7 s"), std::string::npos);
    EXPECT_FALSE(retry_after({{"Retry-After", "Wed, 21 Oct"}}));
}

TEST(ApiClient, QueriesAreEscaped) {
    EXPECT_EQ(encode_query({{"a", "x=1,y"}, {"b", "\xC3\xA9 "}}), "a=x%3D1%2Cy&b=%C3%A9%20");
}

TEST(ApiClient, TheRateIsKeptByBookingAhead) {
    RateLimiter limiter(10, 2);
    const auto now = RateLimiter::Clock::time_point(1h);
    EXPECT_EQ(limiter.take(now).count(), 0);
    EXPECT_EQ(limiter.take(now).count(), 0);
    EXPECT_NEAR(static_cast<double>(limiter.take(now).count()), 100.0, 2.0);
    EXPECT_NEAR(static_cast<double>(limiter.take(now).count()), 200.0, 2.0);
    EXPECT_EQ(limiter.take(now + 10s).count(), 0);
}

TEST(AssessShop, CountsAllButTheSign) {
    StoreView view;
    Workload sign = deployment();
    sign.component = "closed";
    view.workloads = {deployment(), stateful(), sign};
    view.pods = {pod("web", ""), pod("db", ""), pod("closed", "")};
    const ShopSize size = assess_shop(view, "ann");
    EXPECT_EQ(size.replicas, 2);
    EXPECT_EQ(size.pods, 2);
}

TEST(AssessShop, APodThatIsEndingIsStillThereAndAnEndedOneOfAJobIsNot) {
    StoreView view;
    view.workloads = {deployment()};
    view.workloads.front().wanted = 0;
    Pod ending = pod("web", "");
    ending.deleting = true;
    Pod ended = pod("setup", "");
    ended.phase = "Succeeded";
    Pod failed = ended;
    failed.phase = "Failed";
    view.pods = {ending, ended, failed};
    const ShopSize size = assess_shop(view, "ann");
    EXPECT_EQ(size.replicas, 0);
    EXPECT_EQ(size.pods, 1);
}

TEST(AssessShop, WhatIsNotOfTheReleaseIsNotAskedFor) {
    StoreView view;
    view.workloads = {deployment()};
    EXPECT_EQ(assess_shop(view, "ben").replicas, 0);
}

}  // namespace
}  // namespace souk::kube
