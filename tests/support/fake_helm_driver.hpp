#pragma once

#include "app/ports/helm_driver.hpp"
#include "core/reconcile/observed.hpp"

#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace souk::fakes {

/// Helm in memory: releases with a history, Helm's own lock (`pending-*`) and labels, and one switch per
/// failure we care about. Thread-safe. It keeps the promises of tests/contract/helm_driver_contract.hpp, as
/// CliHelmDriver does.
class FakeHelmDriver final : public app::HelmDriver {
public:
    enum class Verb { Apply, Remove, Rollback };

    struct Call {
        Verb verb;
        std::string ns;
        std::string release;
        std::string digest;  // of an apply
        int revision = 0;    // of a rollback
        friend bool operator==(const Call&, const Call&) = default;
    };

    struct Revision {
        int number = 0;
        ReleaseState state = ReleaseState::Deployed;
        std::string digest;
        std::string values_json;
        std::string chart_path;
        bool was_deployed = false;
    };

    Result<> apply(const app::ReleaseRequest& request, std::stop_token stop) override;
    Result<> remove(const app::ReleaseRef& release, std::stop_token stop) override;
    Result<> rollback(const app::ReleaseRef& release, int revision, std::stop_token stop) override;

    // --- what a test looks at
    /// What the cluster would show; Absent when there is no record.
    ObservedRelease observed(std::string_view ns, std::string_view release) const;
    /// Oldest first; empty when there is no record.
    std::vector<Revision> history(std::string_view ns, std::string_view release) const;
    std::vector<Call> calls() const;
    int count(Verb verb) const;
    /// Of the newest revision; empty when there is none.
    std::string values_json(std::string_view ns, std::string_view release) const;

    // --- what a test arranges
    /// The next `times` calls of this kind answer so and change nothing.
    void fail_next(Verb verb, Error error, int times = 1);
    /// Every call answers so until it is taken back with nothing.
    void fail_all(std::optional<Error> error);
    /// The next call of this kind answers so after Helm took its lock: `pending-install`, `pending-upgrade`,
    /// `pending-rollback` or `uninstalling` stays, as if helm had been killed.
    void die_next(Verb verb, Error error = {ErrorCode::Timeout, "helm did not end in time", {}, {}});
    /// The next apply ends as `failed`: the release record exists, the objects were refused.
    void refuse_next_apply(Error error);
    /// Writes a record as if it had always been there.
    void put(std::string_view ns, std::string_view release, std::vector<Revision> history);
    /// What happens to Helm's records when somebody deletes the namespace or the records.
    void forget_namespace(std::string_view ns);
    void forget(std::string_view ns, std::string_view release);
    /// When set, an apply into a namespace that is not there answers Conflict, reason "NamespaceMissing", as
    /// helm does. Called without a lock.
    std::function<bool(std::string_view ns)> namespace_exists;
    /// Called without a lock at both ends of every call; it may throw to play a crash at that line, or change
    /// the world.
    std::function<void(const Call&)> before_call;
    std::function<void(const Call&)> after_call;

private:
    using Key = std::pair<std::string, std::string>;
    struct Planned {
        enum class How { Fail, Die, Refuse } how;
        Error error;
    };

    Result<> run(const Call& call, const std::stop_token& stop,
                 const std::function<Result<>(std::optional<Planned>)>& act);
    std::optional<Planned> take_plan(Verb verb);
    Result<> apply_locked(const app::ReleaseRequest& request, const std::optional<Planned>& plan);
    Result<> remove_locked(const Key& key, const std::optional<Planned>& plan);
    Result<> rollback_locked(const Key& key, int revision, const std::optional<Planned>& plan);
    static void trim(std::vector<Revision>& history);

    mutable std::mutex mutex_;
    std::map<Key, std::vector<Revision>> releases_;
    std::vector<Call> calls_;
    std::map<Verb, std::deque<Planned>> plans_;
    std::optional<Error> fail_all_;
};

}  // namespace souk::fakes
