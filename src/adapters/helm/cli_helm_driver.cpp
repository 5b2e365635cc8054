#include "adapters/helm/cli_helm_driver.hpp"

#include "adapters/helm/helm_errors.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace souk::helm {
namespace {

/// A name that helm could take for a flag, or for more than one argument, never reaches it.
Result<> check_release(std::string_view release) {
    const bool plain = std::ranges::all_of(
        release, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
    if (release.empty() || release.size() > 53 || !plain || release.starts_with('-') ||
        release.ends_with('-')) {
        return fail(ErrorCode::InvalidInput, "not the name of a release", "ReleaseNameInvalid");
    }
    return {};
}

Error not_finished(std::string_view doing, const runtime::ProcessResult& result) {
    const std::string what = "helm could not " + std::string(doing) + ": ";
    if (result.cancelled) {
        return {ErrorCode::Cancelled, what + "it was stopped", {}, {}};
    }
    if (result.timed_out) {
        return {ErrorCode::Timeout, what + "it did not end in time", "HelmTimeout", {}};
    }
    return {ErrorCode::Unavailable, what + "it was ended by " + runtime::describe(result), "HelmKilled", {}};
}

}  // namespace

Result<> CliHelmDriver::apply(const app::ReleaseRequest& request, std::stop_token stop) {
    if (Result<> valid = check_release(request.release); !valid) {
        return valid;
    }
    const Result<HelmVersion> helm = version(stop);
    if (!helm) {
        return forward(helm);
    }
    return run("install or upgrade", helm_apply(options_, *helm, request), stop);
}

Result<> CliHelmDriver::remove(const app::ReleaseRef& release, std::stop_token stop) {
    if (Result<> valid = check_release(release.release); !valid) {
        return valid;
    }
    Result<> removed = run("uninstall", helm_remove(options_, release), stop);
    if (!removed &&
        (removed.error().code == ErrorCode::NotFound || removed.error().reason == "NamespaceMissing")) {
        return {};
    }
    return removed;
}

Result<> CliHelmDriver::rollback(const app::ReleaseRef& release, int revision, std::stop_token stop) {
    if (Result<> valid = check_release(release.release); !valid) {
        return valid;
    }
    if (revision < 1) {
        return fail(ErrorCode::InvalidInput,
                    "helm: a revision is a number from 1");  // 0 would mean "the one before"
    }
    const Result<HelmVersion> helm = version(stop);
    if (!helm) {
        return forward(helm);
    }
    return run("roll back", helm_rollback(options_, *helm, release, revision), stop);
}

Result<HelmVersion> CliHelmDriver::version(std::stop_token stop) {
    if (const std::optional<HelmVersion> known = version_.copy()) {
        return *known;
    }
    const Result<runtime::ProcessResult> result = runner_.run(helm_version(options_), stop);
    if (!result) {
        return forward(result);
    }
    if (!result->exit_code || result->timed_out || result->cancelled) {
        return tl::unexpected(not_finished("say its version", *result));
    }
    Result<HelmVersion> found = parse_helm_version(result->out);
    if (found) {
        version_.with([&](std::optional<HelmVersion>& kept) { kept = *found; });
    }
    return found;
}

Result<> CliHelmDriver::run(std::string_view doing, const runtime::Command& command, std::stop_token stop) {
    if (stop.stop_requested()) {
        return fail(ErrorCode::Cancelled, "helm was not started: a stop was requested");
    }
    const Result<runtime::ProcessResult> result = runner_.run(command, stop);
    if (!result) {
        return forward(result);
    }
    if (result->succeeded()) {
        return {};
    }
    if (!result->exit_code || result->timed_out || result->cancelled) {
        return tl::unexpected(not_finished(doing, *result));
    }
    return tl::unexpected(classify_helm_failure(doing, result->err));
}

}  // namespace souk::helm
