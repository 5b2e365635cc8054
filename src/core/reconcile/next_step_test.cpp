#include "core/reconcile/next_step.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <ostream>

namespace souk {
namespace {

using Kind = Decision::Kind;

const ObservedPart kReady{Readiness::Ready, "", ""};
const ObservedPart kWaiting{Readiness::Waiting, "PodsStarting", "0 of 1 ready"};
const ObservedPart kBroken{Readiness::Failed, "SetupFailed", "the setup said no"};

Desired wanted() {
    return {.deleted = false,
            .suspended = false,
            .release_digest = "a",
            .was_ready = false,
            .checks_passed = false,
            .has_setup = true};
}

/// A store that is as it should be but for the checks; rows take things away.
Observed complete() {
    Observed have;
    have.ns = NamespaceState::Ours;
    have.fence_current = true;
    have.secrets_complete = true;
    have.release = {ReleaseState::Deployed, 1, 1, "a"};
    have.data = have.setup = have.workloads = have.route = kReady;
    have.route_exists = true;
    have.shop_replicas = have.shop_pods = 3;
    return have;
}

/// A suspended store as it should be: the sign stands, nothing of the shop is left.
void rest(Desired& want, Observed& have) {
    want.was_ready = want.suspended = true;
    have.shop_replicas = have.shop_pods = 0;
}

struct Row {
    const char* name;
    std::function<void(Desired&, Observed&)> change;
    Kind kind;
    Step step;
    const char* reason;
};

std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }

class NextStepTable : public ::testing::TestWithParam<Row> {};

TEST_P(NextStepTable, Decides) {
    Desired want = wanted();
    Observed have = complete();
    GetParam().change(want, have);
    const Decision decision = next_step(want, have);
    EXPECT_EQ(decision.kind, GetParam().kind);
    EXPECT_EQ(to_string(decision.step), to_string(GetParam().step));
    EXPECT_EQ(decision.reason, GetParam().reason);
}

INSTANTIATE_TEST_SUITE_P(
    Create, NextStepTable,
    ::testing::Values(
        Row{"nothing_there", [](auto&, auto& h) { h = {}; }, Kind::Act, Step::Namespace, ""},
        Row{"terminating_is_waited_for",
            [](auto&, auto& h) {
                h = {};
                h.ns = NamespaceState::Terminating;
            },
            Kind::Wait, Step::Namespace, "NamespaceTerminating"},
        Row{"foreign_is_refused",
            [](auto&, auto& h) {
                h = {};
                h.ns = NamespaceState::Foreign;
            },
            Kind::Fail, Step::Namespace, "NamespaceForeign"},
        Row{"a_ready_store_is_not_made_anew",
            [](auto& w, auto& h) {
                w.was_ready = true;
                h = {};
            },
            Kind::Fail, Step::Namespace, "NamespaceMissing"},
        Row{"a_ready_stores_secrets_are_not_made_anew",
            [](auto& w, auto& h) {
                w.was_ready = true;
                h.secrets_complete = false;
            },
            Kind::Fail, Step::Secrets, "SecretsMissing"},
        Row{"fence_before_anything_runs",
            [](auto&, auto& h) {
                h = {};
                h.ns = NamespaceState::Ours;
            },
            Kind::Act, Step::Fence, ""},
        Row{"rights_that_are_gone_do_not_mean_missing_secrets",
            [](auto& w, auto& h) {
                w.was_ready = true;
                h.fence_current = h.secrets_complete = false;
            },
            Kind::Act, Step::Fence, ""},
        Row{"secrets_before_release",
            [](auto&, auto& h) {
                h.secrets_complete = false;
                h.release = {};
            },
            Kind::Act, Step::Secrets, ""},
        Row{"no_release", [](auto&, auto& h) { h.release = {}; }, Kind::Act, Step::Release, ""},
        Row{"other_digest", [](auto& w, auto&) { w.release_digest = "b"; }, Kind::Act, Step::Release, ""},
        Row{"dead_helm", [](auto&, auto& h) { h.release.state = ReleaseState::PendingInstall; }, Kind::Act,
            Step::Release, ""},
        Row{"data_starting", [](auto&, auto& h) { h.data = kWaiting; }, Kind::Wait, Step::Data,
            "PodsStarting"},
        Row{"setup_running", [](auto&, auto& h) { h.setup = kWaiting; }, Kind::Wait, Step::Setup,
            "PodsStarting"},
        Row{"setup_failed", [](auto&, auto& h) { h.setup = kBroken; }, Kind::Fail, Step::Setup,
            "SetupFailed"},
        Row{"setup_is_history_after_the_first_ready",
            [](auto& w, auto& h) {
                w.was_ready = true;
                w.checks_passed = true;
                h.setup = kBroken;
            },
            Kind::Settled, Step::Ready, ""},
        Row{"no_setup_needed",
            [](auto& w, auto& h) {
                w.has_setup = false;
                h.setup = {};
            },
            Kind::Act, Step::Checks, ""},
        Row{"workloads_starting", [](auto&, auto& h) { h.workloads = kWaiting; }, Kind::Wait, Step::Workloads,
            "PodsStarting"},
        Row{"image_cannot_be_pulled",
            [](auto&, auto& h) {
                h.workloads = kWaiting;
                h.blocked = Failure{"ImagePullFailed", "no such image"};
            },
            Kind::Fail, Step::Workloads, "ImagePullFailed"},
        Row{"no_route_before_setup",
            [](auto&, auto& h) {
                h.setup = kWaiting;
                h.route_exists = false;
            },
            Kind::Wait, Step::Setup, "PodsStarting"},
        Row{"route_is_made",
            [](auto&, auto& h) {
                h.route_exists = false;
                h.route = {};
            },
            Kind::Act, Step::Route, ""},
        Row{"route_not_accepted_yet",
            [](auto&, auto& h) { h.route = {Readiness::Waiting, "RouteNotAccepted", ""}; }, Kind::Wait,
            Step::Route, "RouteNotAccepted"},
        Row{"checks_decide", [](auto&, auto&) {}, Kind::Act, Step::Checks, ""},
        Row{"settled", [](auto& w, auto&) { w.checks_passed = true; }, Kind::Settled, Step::Ready, ""}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(Suspend, NextStepTable,
                         ::testing::Values(Row{"the_release_is_told_first",
                                               [](auto& w, auto& h) {
                                                   rest(w, h);
                                                   w.release_digest = "b";
                                                   h.shop_replicas = h.shop_pods = 3;
                                               },
                                               Kind::Act, Step::Release, ""},
                                           Row{"pods_end_in_their_own_time",
                                               [](auto& w, auto& h) {
                                                   rest(w, h);
                                                   h.shop_pods = 2;
                                                   h.workloads = kWaiting;
                                               },
                                               Kind::Wait, Step::Workloads, "PodsStopping"},
                                           Row{"pods_that_somebody_started_are_taken_away",
                                               [](auto& w, auto& h) {
                                                   rest(w, h);
                                                   h.shop_replicas = 1;
                                               },
                                               Kind::Act, Step::Release, ""},
                                           Row{"the_sign_is_waited_for",
                                               [](auto& w, auto& h) {
                                                   rest(w, h);
                                                   h.workloads = kWaiting;
                                               },
                                               Kind::Wait, Step::Workloads, "PodsStarting"},
                                           Row{"a_sign_that_cannot_start",
                                               [](auto& w, auto& h) {
                                                   rest(w, h);
                                                   h.workloads = kWaiting;
                                                   h.blocked = Failure{"ImagePullFailed", "no such image"};
                                               },
                                               Kind::Fail, Step::Workloads, "ImagePullFailed"},
                                           Row{"its_route_is_made_again",
                                               [](auto& w, auto& h) {
                                                   rest(w, h);
                                                   h.route_exists = false;
                                               },
                                               Kind::Act, Step::Route, ""},
                                           Row{"its_route_is_waited_for",
                                               [](auto& w, auto& h) {
                                                   rest(w, h);
                                                   h.route = {Readiness::Waiting, "RouteNotAccepted", ""};
                                               },
                                               Kind::Wait, Step::Route, "RouteNotAccepted"},
                                           Row{"its_fence_is_mended",
                                               [](auto& w, auto& h) {
                                                   rest(w, h);
                                                   h.fence_current = false;
                                               },
                                               Kind::Act, Step::Fence, ""},
                                           Row{"a_lost_namespace_is_not_made_anew",
                                               [](auto& w, auto& h) {
                                                   rest(w, h);
                                                   h = {};
                                               },
                                               Kind::Fail, Step::Namespace, "NamespaceMissing"},
                                           Row{"neither_data_nor_setup_nor_checks_matter",
                                               [](auto& w, auto& h) {
                                                   rest(w, h);
                                                   h.data = kWaiting;
                                                   h.setup = kBroken;
                                               },
                                               Kind::Settled, Step::Route, ""},
                                           Row{"a_deletion_goes_first",
                                               [](auto& w, auto& h) {
                                                   rest(w, h);
                                                   w.deleted = true;
                                               },
                                               Kind::Act, Step::Unroute, ""},
                                           Row{"resumed_is_another_release",
                                               [](auto& w, auto& h) {
                                                   rest(w, h);
                                                   w.suspended = false;
                                                   w.release_digest = "b";
                                               },
                                               Kind::Act, Step::Release, ""}),
                         [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(Delete, NextStepTable,
                         ::testing::Values(Row{"traffic_stops_first",
                                               [](auto& w, auto&) { w.deleted = true; }, Kind::Act,
                                               Step::Unroute, ""},
                                           Row{"then_the_release",
                                               [](auto& w, auto& h) {
                                                   w.deleted = true;
                                                   h.route_exists = false;
                                               },
                                               Kind::Act, Step::Uninstall, ""},
                                           Row{"a_broken_release_too",
                                               [](auto& w, auto& h) {
                                                   w.deleted = true;
                                                   h.route_exists = false;
                                                   h.release.state = ReleaseState::PendingInstall;
                                               },
                                               Kind::Act, Step::Uninstall, ""},
                                           Row{"then_the_namespace",
                                               [](auto& w, auto& h) {
                                                   w.deleted = true;
                                                   h = {};
                                                   h.ns = NamespaceState::Ours;
                                               },
                                               Kind::Act, Step::RemoveNamespace, ""},
                                           Row{"terminating_is_waited_for_again",
                                               [](auto& w, auto& h) {
                                                   w.deleted = true;
                                                   h = {};
                                                   h.ns = NamespaceState::Terminating;
                                               },
                                               Kind::Wait, Step::RemoveNamespace, "NamespaceTerminating"},
                                           Row{"what_is_left_is_named",
                                               [](auto& w, auto& h) {
                                                   w.deleted = true;
                                                   h = {};
                                                   h.remnants.push_back({"PersistentVolume", "pv-1", "", ""});
                                               },
                                               Kind::Wait, Step::Scan, "Remnants"},
                                           Row{"a_foreign_namespace_is_left_alone",
                                               [](auto& w, auto& h) {
                                                   w.deleted = true;
                                                   h = {};
                                                   h.ns = NamespaceState::Foreign;
                                               },
                                               Kind::Settled, Step::Scan, ""},
                                           Row{"nothing_left",
                                               [](auto& w, auto& h) {
                                                   w.deleted = true;
                                                   h = {};
                                               },
                                               Kind::Settled, Step::Scan, ""}),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace souk
