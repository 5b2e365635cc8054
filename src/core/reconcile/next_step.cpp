#include "core/reconcile/next_step.hpp"

#include "core/reconcile/release_action.hpp"

#include <utility>

namespace souk {
namespace {

using Kind = Decision::Kind;

Decision act(Step step) { return {Kind::Act, step, {}, {}}; }
Decision wait(Step step, std::string reason, std::string message) {
    return {Kind::Wait, step, std::move(reason), std::move(message)};
}

/// A part that is not ready: wait for it, or fail with what is known of why.
Decision unready(Step step, const ObservedPart& part, const Observed& have) {
    if (part.state == Readiness::Failed) {
        return {Kind::Fail, step, part.reason, part.message};
    }
    if (have.blocked) {
        return {Kind::Fail, step, have.blocked->reason, have.blocked->message};
    }
    return wait(step, part.reason.empty() ? "Waiting" : part.reason, part.message);
}

/// Behind a release that says that nothing of the shop runs.
Decision next_of_suspension(const Observed& have) {
    if (have.shop_replicas > 0) {
        return act(Step::Release);  // somebody started pods by hand
    }
    if (have.shop_pods > 0) {
        return wait(Step::Workloads, "PodsStopping",
                    std::to_string(have.shop_pods) + " pod(s) of the shop are still ending");
    }
    if (have.workloads.state != Readiness::Ready) {
        return unready(Step::Workloads, have.workloads, have);
    }
    if (!have.route_exists) {
        return act(Step::Route);
    }
    if (have.route.state != Readiness::Ready) {
        return unready(Step::Route, have.route, have);
    }
    return {Kind::Settled, Step::Route, {}, {}};
}

Decision next_of_deletion(const Observed& have) {
    // Traffic stops first, data goes last.
    if (have.ns == NamespaceState::Ours && have.route_exists) {
        return act(Step::Unroute);
    }
    if (have.ns == NamespaceState::Ours && have.release.state != ReleaseState::Absent) {
        return act(Step::Uninstall);
    }
    if (have.ns == NamespaceState::Ours) {
        return act(Step::RemoveNamespace);
    }
    if (have.ns == NamespaceState::Terminating) {
        return wait(Step::RemoveNamespace, "NamespaceTerminating", have.namespace_message);
    }
    // Absent, or a foreign one that we never touch: what else carries the store's label?
    if (!have.remnants.empty()) {
        const ObservedRemnant& first = have.remnants.front();
        return wait(Step::Scan, "Remnants",
                    std::to_string(have.remnants.size()) + " object(s) left, first " + first.kind + " " +
                        first.name + (first.held_by.empty() ? "" : " (" + first.held_by + ")"));
    }
    return {Kind::Settled, Step::Scan, {}, {}};
}

}  // namespace

Decision next_step(const Desired& want, const Observed& have) {
    if (want.deleted) {
        return next_of_deletion(have);
    }
    if (want.was_ready && have.ns == NamespaceState::Absent) {
        // Its data is gone with it: an empty shop under the same name would be a lie.
        return {Kind::Fail, Step::Namespace, "NamespaceMissing",
                "the store's namespace is gone, and its data with it"};
    }
    switch (have.ns) {
        case NamespaceState::Absent:
            return act(Step::Namespace);
        case NamespaceState::Terminating:
            return wait(Step::Namespace, "NamespaceTerminating", have.namespace_message);
        case NamespaceState::Foreign:
            return {Kind::Fail, Step::Namespace, "NamespaceForeign", have.namespace_message};
        case NamespaceState::Ours:
            break;
    }
    if (!have.fence_current) {
        return act(Step::Fence);
    }
    // Only behind a whole fence: without rights in the namespace no Secret can be seen.
    if (!have.secrets_complete && want.was_ready) {
        return {Kind::Fail, Step::Secrets, "SecretsMissing",
                "a Secret of the store is gone; a new one would not fit its data"};
    }
    if (!have.secrets_complete) {
        return act(Step::Secrets);
    }
    if (next_release_action(have.release, want.release_digest, want.was_ready) != ReleaseAction::None) {
        return act(Step::Release);
    }
    if (want.suspended) {
        return next_of_suspension(have);
    }
    if (have.data.state != Readiness::Ready) {
        return unready(Step::Data, have.data, have);
    }
    // After the first Ready the setup is history: what became of its Job says nothing about the store.
    if (want.has_setup && !want.was_ready && have.setup.state != Readiness::Ready) {
        return unready(Step::Setup, have.setup, have);
    }
    if (have.workloads.state != Readiness::Ready) {
        return unready(Step::Workloads, have.workloads, have);
    }
    if (!have.route_exists) {
        return act(Step::Route);
    }
    if (have.route.state != Readiness::Ready) {
        return unready(Step::Route, have.route, have);
    }
    if (!want.checks_passed) {
        return act(Step::Checks);
    }
    return {Kind::Settled, Step::Ready, {}, {}};
}

}  // namespace souk
