#include "adapters/helm/helm_command.hpp"

#include <charconv>
#include <chrono>
#include <optional>

namespace souk::helm {
namespace {

constexpr std::chrono::seconds kGrace(30);
constexpr std::size_t kOutputCap = std::size_t{256} * 1024;

std::vector<std::pair<std::string, std::string>> environment(const HelmOptions& options) {
    std::vector<std::pair<std::string, std::string>> env = {
        {"HOME", options.home},
        {"HELM_CACHE_HOME", options.home + "/cache"},
        {"HELM_CONFIG_HOME", options.home + "/config"},
        {"HELM_DATA_HOME", options.home + "/data"},
        {"HELM_PLUGINS", options.home + "/no-plugins"},  // a folder nobody makes
        {"HELM_DRIVER", "secret"},
        {"HELM_QPS", "100"},
        {"HELM_BURST_LIMIT", "200"},
        {"KUBECACHEDIR", options.home + "/kube-cache"},
    };
    if (!options.kubeconfig.empty()) {
        env.emplace_back("KUBECONFIG", options.kubeconfig);
    }
    for (const auto& [name, value] : options.env) {
        std::erase_if(env, [&taken = name](const auto& entry) { return entry.first == taken; });
        env.emplace_back(name, value);
    }
    return env;
}

std::string seconds_text(std::chrono::seconds timeout) { return std::to_string(timeout.count()) + "s"; }

runtime::Command command(const HelmOptions& options, std::vector<std::string> args,
                         std::chrono::seconds timeout) {
    runtime::Command made;
    made.program = options.program;
    made.args = std::move(args);
    if (!options.context.empty()) {
        made.args.push_back("--kube-context=" + options.context);
    }
    made.env = environment(options);
    made.timeout = timeout + kGrace;
    made.output_cap = kOutputCap;
    return made;
}

void add(std::vector<std::string>& args, std::vector<std::string> more) {
    args.insert(args.end(), more.begin(), more.end());
}

std::optional<int> take_number(std::string_view& text) {
    int number = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (ec != std::errc()) {
        return std::nullopt;
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

}  // namespace

runtime::Command helm_version(const HelmOptions& options) {
    return command(options, {"version", "--short"}, std::chrono::seconds(0));
}

runtime::Command helm_apply(const HelmOptions& options, HelmVersion version,
                            const app::ReleaseRequest& request) {
    std::vector<std::string> args = {"upgrade",
                                     "--install",
                                     request.release,
                                     request.chart_path,
                                     "--namespace",
                                     request.ns.str(),
                                     "--labels",
                                     "souk.dev/digest=" + request.digest,
                                     "--history-max",
                                     "5",
                                     "--reset-values",
                                     "--timeout",
                                     seconds_text(request.timeout),
                                     "--values",
                                     "-"};
    if (version == HelmVersion::V4) {
        // The chart's objects are ours alone: what somebody edited by hand goes back to what the chart says.
        add(args, {"--server-side=true", "--force-conflicts"});
    }
    runtime::Command made = command(options, std::move(args), request.timeout);
    made.stdin_text = request.values_json;  // JSON is YAML
    return made;
}

runtime::Command helm_remove(const HelmOptions& options, const app::ReleaseRef& release) {
    return command(options,
                   {"uninstall", release.release, "--namespace", release.ns.str(), "--ignore-not-found",
                    "--timeout", seconds_text(release.timeout)},
                   release.timeout);
}

runtime::Command helm_rollback(const HelmOptions& options, HelmVersion version,
                               const app::ReleaseRef& release, int revision) {
    std::vector<std::string> args = {"rollback",    release.release,  std::to_string(revision),
                                     "--namespace", release.ns.str(), "--history-max",
                                     "5",           "--timeout",      seconds_text(release.timeout)};
    if (version == HelmVersion::V4) {
        add(args, {"--server-side=true", "--force-conflicts"});
    }
    return command(options, std::move(args), release.timeout);
}

Result<HelmVersion> parse_helm_version(std::string_view output) {
    const auto unsupported = [&] {
        return fail(
            ErrorCode::Internal,
            "helm must be version 4, or 3.13 and later, not '" + std::string(output.substr(0, 40)) + "'",
            "HelmUnsupported");
    };
    std::string_view text = output.substr(0, output.find_first_of("\r\n"));
    output = text;
    if (!text.starts_with('v')) {
        return unsupported();
    }
    text.remove_prefix(1);
    const std::optional<int> major = take_number(text);
    if (!major || !text.starts_with('.')) {
        return unsupported();
    }
    text.remove_prefix(1);
    const std::optional<int> minor = take_number(text);
    if (*major == 4 && minor) {
        return HelmVersion::V4;
    }
    if (*major == 3 && minor && *minor >= 13) {
        return HelmVersion::V3;
    }
    return unsupported();
}

}  // namespace souk::helm
