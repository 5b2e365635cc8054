#include "adapters/helm/cli_helm_driver.hpp"
#include "runtime/process/launcher.hpp"
#include "runtime/process/posix_process_runner.hpp"
#include "tests/contract/helm_driver_contract.hpp"

#include <boost/json.hpp>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

// The real helm against a fast box: source the box's env file first (cluster/README.md). Skipped without it.

namespace fs = std::filesystem;

namespace souk::contract {
namespace {

std::string read_file(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> arguments_of(const fs::path& process) {
    std::vector<std::string> arguments;
    std::string word;
    for (const char c : read_file(process / "cmdline")) {
        if (c == '\0') {
            arguments.push_back(std::move(word));
            word.clear();
        } else {
            word += c;
        }
    }
    return arguments;
}

/// gtest_main knows nothing of launchers, so the launcher mode is taken before main.
const int kLauncher = [] {
    std::vector<std::string> arguments = arguments_of("/proc/self");
    std::vector<char*> argv;
    for (std::string& argument : arguments) {
        argv.push_back(argument.data());
    }
    argv.push_back(nullptr);
    const int argc = static_cast<int>(arguments.size());
    if (runtime::is_launcher_call(argc, argv.data())) {
        ::_exit(runtime::exec_launcher_main(argc, argv.data()));
    }
    return 0;
}();

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

ReleaseState state_of(std::string_view status) {
    using Named = std::pair<std::string_view, ReleaseState>;
    for (const auto& [name, state] :
         {Named{"deployed", ReleaseState::Deployed}, Named{"failed", ReleaseState::Failed},
          Named{"pending-install", ReleaseState::PendingInstall},
          Named{"pending-upgrade", ReleaseState::PendingUpgrade},
          Named{"uninstalling", ReleaseState::Uninstalling},
          Named{"superseded", ReleaseState::SupersededOnly}}) {
        if (status == name) {
            return state;
        }
    }
    return ReleaseState::Unknown;
}

class CliHelmWorld final : public HelmWorld {
public:
    explicit CliHelmWorld(std::string program)
        : path_(environment("SOUK_BIN_PATH") + ":/usr/bin:/bin"),
          program_(std::move(program)),
          driver_(runner_, options()) {}
    ~CliHelmWorld() override {
        for (const std::string& ns : namespaces_) {
            kubectl({"delete", "namespace", ns, "--wait=false"});
        }
        fs::remove_all(home_);
    }

    app::HelmDriver& driver() override { return driver_; }

    NamespaceName new_namespace() override {
        static std::atomic<int> count = 0;
        const std::string name = "souk-helm-" + std::to_string(::getpid()) + "-" + std::to_string(++count);
        kubectl({"create", "namespace", name});
        kubectl({"create", "serviceaccount", "souk-store", "-n", name});
        namespaces_.push_back(name);
        return *NamespaceName::parse(name);
    }

    ObservedRelease observed(const NamespaceName& ns, const std::string& release) override {
        const std::string text =
            kubectl({"get", "secrets", "-n", ns.str(), "-l", "owner=helm,name=" + release, "-o", "json"});
        ObservedRelease answer;
        const boost::json::value list = boost::json::parse(text);
        for (const auto& item : list.at("items").as_array()) {
            const auto& labels = item.at("metadata").at("labels").as_object();
            const int revision = std::stoi(std::string(labels.at("version").as_string()));
            const std::string status(labels.at("status").as_string());
            if (revision > answer.revision) {
                answer.revision = revision;
                answer.state = state_of(status);
                answer.digest = labels.contains("souk.dev/digest")
                                    ? std::string(labels.at("souk.dev/digest").as_string())
                                    : "";
            }
            if (status == "deployed" || status == "superseded") {
                answer.last_deployed_revision = std::max(answer.last_deployed_revision, revision);
            }
        }
        return answer;
    }

    app::ReleaseRequest request(const NamespaceName& ns, const std::string& greeting) override {
        return {ns, "ann", chart(), values(greeting), "digest-" + greeting, std::chrono::seconds(60)};
    }

    app::ReleaseRequest wrong_request(const NamespaceName& ns) override {
        app::ReleaseRequest wrong = request(ns, "one");
        wrong.values_json = R"({"unknown": 1})";
        return wrong;
    }

    app::ReleaseRequest refused_request(const NamespaceName& ns) override {
        app::ReleaseRequest refused = request(ns, "refused");
        refused.values_json.pop_back();
        refused.values_json += R"(,"test":{"podLabels":{"web":{"of":"no label!"}}}})";
        return refused;
    }

    Result<> apply_and_die(const app::ReleaseRequest& request) override {
        app::ReleaseRequest held = request;
        held.chart_path = chart_with_hook("pre-install,pre-upgrade");
        return die_in(request, [&] { return driver_.apply(held, {}); });
    }

    Result<> remove_and_die(const app::ReleaseRequest& request) override {
        app::ReleaseRequest held = request;
        held.chart_path = chart_with_hook("pre-delete");
        const Result<> applied = driver_.apply(held, {});
        EXPECT_TRUE(applied) << applied.error().message;
        return die_in(request, [&] { return driver_.remove({request.ns, request.release}, {}); });
    }

    void forget_newest(const NamespaceName& ns, const std::string& release) override {
        const int newest = observed(ns, release).revision;
        kubectl({"delete", "secret", "-n", ns.str(),
                 "sh.helm.release.v1." + release + ".v" + std::to_string(newest)});
    }
    void forget(const NamespaceName& ns, const std::string& release) override {
        kubectl({"delete", "secrets", "-n", ns.str(), "-l", "owner=helm,name=" + release});
    }

    std::string objects(const NamespaceName& ns) override {
        return kubectl({"get", "deployments,statefulsets,services,persistentvolumeclaims,jobs", "-n",
                        ns.str(), "-l", "app.kubernetes.io/instance=ann", "-o",
                        R"(jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.uid}{"\n"}{end})"});
    }

    void stop_api() override { fast_api("stop"); }
    void start_api() override { fast_api("start"); }

private:
    static bool is_pending(ReleaseState state) {
        return state == ReleaseState::PendingInstall || state == ReleaseState::PendingUpgrade ||
               state == ReleaseState::Uninstalling;
    }

    /// A hook that never ends holds helm after it took its lock; then it is killed.
    template <class Call>
    Result<> die_in(const app::ReleaseRequest& request, const Call& call) {
        Result<> said;
        std::jthread caller([&] { said = call(); });
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(40);
        while (!is_pending(observed(request.ns, request.release).state) &&
               std::chrono::steady_clock::now() < deadline) {
            std::this_thread::yield();
        }
        EXPECT_TRUE(kill_helm(request)) << "no helm to kill";
        caller.join();
        return said;
    }

    helm::HelmOptions options() {
        std::string name = (fs::temp_directory_path() / "souk-helm-XXXXXX").string();
        home_ = ::mkdtemp(name.data());
        return {.program = program_,
                .kubeconfig = environment("KUBECONFIG"),
                .home = home_.string(),
                .env = {{"PATH", path_}}};
    }

    static std::string values(const std::string& greeting) {
        return R"({"greeting":")" + greeting +
               R"(","images":{"web":"localhost/souk/tiny-web:1"},"resources":{},"secrets":{"admin":"souk-admin"},)"
               R"("souk":{"engine":{"name":"tiny","version":"1.0.0"},"serviceAccountName":"souk-store",)"
               R"("store":{"id":"str_test","name":"Ann","slug":"ann","team":"default"}}})";
    }

    /// The tiny engine's chart with a volume claim of the release's own, as the engines of real stores have.
    std::string chart() {
        const fs::path chart = home_ / "chart";
        if (!fs::exists(chart)) {
            fs::copy(std::string(SOUK_SOURCE_DIR) + "/tests/engines/tiny/chart", chart,
                     fs::copy_options::recursive);
            std::ofstream(chart / "templates/claim.yaml") << R"(apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: {{ .Release.Name }}-files
  labels: {app.kubernetes.io/instance: {{ .Release.Name }}}
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 1Mi}}
)";
        }
        return chart.string();
    }

    std::string chart_with_hook(const std::string& hook) {
        const fs::path held = home_ / "chart-with-hook";
        fs::remove_all(held);
        fs::copy(chart(), held, fs::copy_options::recursive);
        std::ofstream(held / "templates/hold.yaml") << R"(apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .Release.Name }}-hold
  annotations: {helm.sh/hook: ")" << hook << R"(", helm.sh/hook-delete-policy: before-hook-creation}
spec:
  suspend: true
  template:
    spec:
      restartPolicy: Never
      containers: [{name: hold, image: "localhost/souk/tiny-web:1"}]
)";
        return held.string();
    }

    /// Ends our own helm by its process id, found by what it was started with; also proves that values are
    /// not in its argv.
    static bool kill_helm(const app::ReleaseRequest& request) {
        for (const auto& process : fs::directory_iterator("/proc")) {
            const std::string name = process.path().filename().string();
            if (name.find_first_not_of("0123456789") != std::string::npos) {
                continue;
            }
            const std::vector<std::string> arguments = arguments_of(process.path());
            const auto has = [&](const std::string& text) {
                return std::find(arguments.begin(), arguments.end(), text) != arguments.end();
            };
            if (arguments.empty() || !arguments[0].ends_with("helm") || !has(request.ns.str())) {
                continue;
            }
            for (const std::string& argument : arguments) {
                EXPECT_EQ(argument.find("greeting"), std::string::npos);
                EXPECT_EQ(argument.find("souk-admin"), std::string::npos);
            }
            return ::kill(std::stoi(name), SIGKILL) == 0;
        }
        return false;
    }

    std::string kubectl(std::vector<std::string> arguments) {
        return run(
            {.program = "kubectl",
             .args = std::move(arguments),
             .env = {{"PATH", path_}, {"KUBECONFIG", environment("KUBECONFIG")}, {"HOME", home_.string()}}});
    }
    void fast_api(const std::string& verb) {
        const std::string box = fs::path(environment("KUBECONFIG")).parent_path().filename().string();
        run({.program = std::string(SOUK_SOURCE_DIR) + "/cluster/fast-api",
             .args = {verb, "--name", box},
             .env = {{"PATH", path_ + ":/usr/sbin:/sbin"}, {"HOME", environment("HOME")}},
             .timeout = std::chrono::seconds(90)});
    }
    std::string run(const runtime::Command& command) {
        const Result<runtime::ProcessResult> result = runner_.run(command, {});
        EXPECT_TRUE(result && result->succeeded())
            << command.program << ": " << (result ? result->err : result.error().message);
        return result ? result->out : "";
    }

    runtime::PosixProcessRunner runner_;
    const std::string path_;
    const std::string program_;
    fs::path home_;
    helm::CliHelmDriver driver_;
    std::vector<std::string> namespaces_;
};

}  // namespace

HelmWorldParam cli_helm_world(const char* name, const char* program_variable) {
    static_cast<void>(kLauncher);
    return {
        name, [program_variable](std::string& missing) -> std::unique_ptr<HelmWorld> {
            if (environment("SOUK_BIN_PATH").empty() || environment("KUBECONFIG").empty()) {
                missing = "needs a fast box: cluster/up --fast, then source its env file";
                return nullptr;
            }
            const std::string program = program_variable == nullptr ? "helm" : environment(program_variable);
            if (program.empty()) {
                ADD_FAILURE() << program_variable << " is not set: run this through tests/integration/run";
                return nullptr;
            }
            return std::make_unique<CliHelmWorld>(program);
        }};
}

}  // namespace souk::contract
