#include "tests/support/fake_helm_driver.hpp"

#include <algorithm>

namespace souk::fakes {
namespace {

constexpr std::size_t kHistoryMax = 5;

bool is_pending(ReleaseState state) {
    return state == ReleaseState::PendingInstall || state == ReleaseState::PendingUpgrade ||
           state == ReleaseState::PendingRollback;
}

void supersede(std::vector<FakeHelmDriver::Revision>& history) {
    for (auto& revision : history) {
        if (revision.state == ReleaseState::Deployed || is_pending(revision.state)) {
            revision.state = ReleaseState::SupersededOnly;
        }
    }
}

}  // namespace

Result<> FakeHelmDriver::apply(const app::ReleaseRequest& request, std::stop_token stop) {
    const Call call{Verb::Apply, request.ns.str(), request.release, request.digest, 0};
    return run(call, stop, [&](const std::optional<Planned>& plan) { return apply_locked(request, plan); });
}

Result<> FakeHelmDriver::remove(const app::ReleaseRef& release, std::stop_token stop) {
    const Call call{Verb::Remove, release.ns.str(), release.release, {}, 0};
    const Key key{release.ns.str(), release.release};
    return run(call, stop, [&](const std::optional<Planned>& plan) { return remove_locked(key, plan); });
}

Result<> FakeHelmDriver::rollback(const app::ReleaseRef& release, int revision, std::stop_token stop) {
    const Call call{Verb::Rollback, release.ns.str(), release.release, {}, revision};
    const Key key{release.ns.str(), release.release};
    return run(call, stop,
               [&](const std::optional<Planned>& plan) { return rollback_locked(key, revision, plan); });
}

Result<> FakeHelmDriver::run(const Call& call, const std::stop_token& stop,
                             const std::function<Result<>(std::optional<Planned>)>& act) {
    if (stop.stop_requested()) {
        return fail(ErrorCode::Cancelled, "helm was not started: a stop was requested");
    }
    if (before_call) {
        before_call(call);
    }
    const bool nowhere = call.verb == Verb::Apply && namespace_exists && !namespace_exists(call.ns);
    Result<> result;
    {
        const std::scoped_lock lock(mutex_);
        calls_.push_back(call);
        std::optional<Planned> plan = take_plan(call.verb);
        if (fail_all_) {
            result = tl::unexpected(*fail_all_);
        } else if (plan && plan->how == Planned::How::Fail) {
            result = tl::unexpected(plan->error);
        } else if (nowhere) {
            result = fail(ErrorCode::Conflict, "helm: the namespace is not there", "NamespaceMissing");
        } else {
            result = act(std::move(plan));
        }
    }
    if (after_call) {
        after_call(call);
    }
    return result;
}

std::optional<FakeHelmDriver::Planned> FakeHelmDriver::take_plan(Verb verb) {
    auto& queue = plans_[verb];
    if (queue.empty()) {
        return std::nullopt;
    }
    Planned plan = std::move(queue.front());
    queue.pop_front();
    return plan;
}

Result<> FakeHelmDriver::apply_locked(const app::ReleaseRequest& request,
                                      const std::optional<Planned>& plan) {
    const Key key{request.ns.str(), request.release};
    std::vector<Revision>& history = releases_[key];
    if (!history.empty() && is_pending(history.back().state)) {
        return fail(ErrorCode::Conflict, "helm: another operation (install/upgrade/rollback) is in progress",
                    "ReleaseLocked");
    }
    if (!history.empty() && history.back().state == ReleaseState::Uninstalling) {
        return fail(ErrorCode::Conflict, "helm: the release is being uninstalled", "ReleaseLocked");
    }
    const bool first = history.empty();
    Revision revision{first ? 1 : history.back().number + 1,
                      ReleaseState::Deployed,
                      request.digest,
                      request.values_json,
                      request.chart_path,
                      false};
    if (plan && plan->how == Planned::How::Die) {
        revision.state = first ? ReleaseState::PendingInstall : ReleaseState::PendingUpgrade;
        history.push_back(std::move(revision));
        return tl::unexpected(plan->error);
    }
    if (plan && plan->how == Planned::How::Refuse) {
        revision.state = ReleaseState::Failed;
        history.push_back(std::move(revision));
        trim(history);
        return tl::unexpected(plan->error);
    }
    supersede(history);
    revision.was_deployed = true;
    history.push_back(std::move(revision));
    trim(history);
    return {};
}

Result<> FakeHelmDriver::remove_locked(const Key& key, const std::optional<Planned>& plan) {
    const auto found = releases_.find(key);
    if (found == releases_.end() || found->second.empty()) {
        return {};
    }
    if (plan) {
        found->second.back().state = ReleaseState::Uninstalling;
        return tl::unexpected(plan->error);
    }
    releases_.erase(found);
    return {};
}

Result<> FakeHelmDriver::rollback_locked(const Key& key, int revision, const std::optional<Planned>& plan) {
    if (revision < 1) {
        return fail(ErrorCode::InvalidInput, "helm: a revision is a number from 1");
    }
    const auto found = releases_.find(key);
    if (found == releases_.end() || found->second.empty()) {
        return fail(ErrorCode::NotFound, "helm: there is no such release");
    }
    std::vector<Revision>& history = found->second;
    const auto target = std::ranges::find(history, revision, &Revision::number);
    if (target == history.end()) {
        return fail(ErrorCode::NotFound, "helm: there is no such revision");
    }
    Revision next = *target;
    next.number = history.back().number + 1;
    next.state = plan ? ReleaseState::PendingRollback : ReleaseState::Deployed;
    next.was_deployed = !plan;
    if (!plan) {
        supersede(history);
    }
    history.push_back(std::move(next));
    trim(history);
    return plan ? Result<>(tl::unexpected(plan->error)) : Result<>();
}

void FakeHelmDriver::trim(std::vector<Revision>& history) {
    while (history.size() > kHistoryMax) {
        const auto oldest = std::ranges::find_if(
            history, [](const Revision& revision) { return revision.state != ReleaseState::Deployed; });
        if (oldest == history.end()) {
            return;
        }
        history.erase(oldest);
    }
}

ObservedRelease FakeHelmDriver::observed(std::string_view ns, std::string_view release) const {
    const std::scoped_lock lock(mutex_);
    const auto found = releases_.find(Key{ns, release});
    if (found == releases_.end() || found->second.empty()) {
        return {};
    }
    const Revision& newest = found->second.back();
    ObservedRelease answer{newest.state, newest.number, 0, newest.digest};
    for (const Revision& revision : found->second) {
        if (revision.was_deployed) {
            answer.last_deployed_revision = revision.number;
        }
    }
    return answer;
}

std::vector<FakeHelmDriver::Revision> FakeHelmDriver::history(std::string_view ns,
                                                              std::string_view release) const {
    const std::scoped_lock lock(mutex_);
    const auto found = releases_.find(Key{ns, release});
    return found == releases_.end() ? std::vector<Revision>{} : found->second;
}

std::vector<FakeHelmDriver::Call> FakeHelmDriver::calls() const {
    const std::scoped_lock lock(mutex_);
    return calls_;
}

int FakeHelmDriver::count(Verb verb) const {
    const std::scoped_lock lock(mutex_);
    return static_cast<int>(std::ranges::count(calls_, verb, &Call::verb));
}

std::string FakeHelmDriver::values_json(std::string_view ns, std::string_view release) const {
    const std::vector<Revision> revisions = history(ns, release);
    return revisions.empty() ? std::string() : revisions.back().values_json;
}

void FakeHelmDriver::fail_next(Verb verb, Error error, int times) {
    const std::scoped_lock lock(mutex_);
    for (int i = 0; i < times; ++i) {
        plans_[verb].push_back({Planned::How::Fail, error});
    }
}

void FakeHelmDriver::fail_all(std::optional<Error> error) {
    const std::scoped_lock lock(mutex_);
    fail_all_ = std::move(error);
}

void FakeHelmDriver::die_next(Verb verb, Error error) {
    const std::scoped_lock lock(mutex_);
    plans_[verb].push_back({Planned::How::Die, std::move(error)});
}

void FakeHelmDriver::refuse_next_apply(Error error) {
    const std::scoped_lock lock(mutex_);
    plans_[Verb::Apply].push_back({Planned::How::Refuse, std::move(error)});
}

void FakeHelmDriver::put(std::string_view ns, std::string_view release, std::vector<Revision> history) {
    const std::scoped_lock lock(mutex_);
    releases_[Key{ns, release}] = std::move(history);
}

void FakeHelmDriver::forget_namespace(std::string_view ns) {
    const std::scoped_lock lock(mutex_);
    std::erase_if(releases_, [&](const auto& entry) { return entry.first.first == ns; });
}

void FakeHelmDriver::forget(std::string_view ns, std::string_view release) {
    const std::scoped_lock lock(mutex_);
    releases_.erase(Key{ns, release});
}

}  // namespace souk::fakes
