#pragma once

#include "adapters/helm/helm_command.hpp"
#include "app/ports/helm_driver.hpp"
#include "runtime/process/process.hpp"
#include "runtime/threads/guarded.hpp"

#include <optional>
#include <stop_token>
#include <string_view>

namespace souk::helm {

/// Helm as a program. The version is asked once; the first call that needs it does so. Thread-safe; two calls
/// for one release at the same time are decided by Helm's own lock (Conflict, reason "ReleaseLocked").
class CliHelmDriver final : public app::HelmDriver {
public:
    /// The runner must outlive this object.
    CliHelmDriver(runtime::ProcessRunner& runner, HelmOptions options)
        : runner_(runner), options_(std::move(options)) {}

    Result<> apply(const app::ReleaseRequest& request, std::stop_token stop) override;
    Result<> remove(const app::ReleaseRef& release, std::stop_token stop) override;
    Result<> rollback(const app::ReleaseRef& release, int revision, std::stop_token stop) override;

    /// Which helm there is. Errors: Internal (none, or too old), Timeout, Cancelled. For readiness checks at
    /// start.
    Result<HelmVersion> version(std::stop_token stop);

private:
    Result<> run(std::string_view doing, const runtime::Command& command, std::stop_token stop);

    runtime::ProcessRunner& runner_;
    const HelmOptions options_;
    runtime::Guarded<std::optional<HelmVersion>> version_;
};

}  // namespace souk::helm
