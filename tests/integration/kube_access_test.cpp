// Who soukd and its Helm are to a cluster, with a kubeconfig as people have them: several contexts, the
// chosen one not the current one, and a credential program that keeps its token below HOME.
#include "adapters/helm/cli_helm_driver.hpp"
#include "adapters/kube/kube_cluster.hpp"
#include "daemon/cluster_access.hpp"
#include "runtime/crypto/encoding.hpp"
#include "runtime/process/posix_process_runner.hpp"
#include "tests/integration/kube_world.hpp"

#include <boost/json.hpp>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace souk::integration {
namespace {

namespace fs = std::filesystem;

class KubeAccess : public ::testing::Test {
protected:
    void SetUp() override {
        const char* given = std::getenv("SOUK_TEST_KUBECONFIG");
        const char* programs = std::getenv("SOUK_BIN_PATH");
        ASSERT_TRUE(given && programs) << "run this through tests/integration/with-fast-box";
        path_ = std::string(programs) + ":/usr/bin:/bin";
        runner_.emplace(runtime::PosixProcessRunnerOptions{
            .launcher = SOUK_BINARY_DIR "/bin/soukd", .base_env = {{"PATH", path_}, {"LANG", "C.UTF-8"}}});
        world_ = KubeWorld::make(KubeWorld::Watches::Off);
        ASSERT_NE(world_, nullptr);
        const auto soukd = kube::load_kubeconfig(given);
        ASSERT_TRUE(soukd) << soukd.error().message;
        soukd_ = *soukd;
        std::string name = (fs::temp_directory_path() / "souk-access-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
        fs::create_directories(folder_ / "home");
        write("home/token", soukd->token.reveal());
        // Fails without HOME, as the programs of cloud providers do.
        write("credentials",
              "#!/bin/sh\nset -eu\n"
              "token=$(cat \"$HOME/token\")\n"
              "printf '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\","
              "\"status\":{\"token\":\"%s\"}}' \"$token\"\n");
        fs::permissions(folder_ / "credentials", fs::perms::owner_all);
        write("config",
              "apiVersion: v1\nkind: Config\ncurrent-context: elsewhere\n"
              "contexts:\n"
              "- {name: elsewhere, context: {cluster: elsewhere, user: program}}\n"
              "- {name: here, context: {cluster: here, user: program}}\n"
              "clusters:\n"
              "- {name: elsewhere, cluster: {server: 'https://127.0.0.1:1'}}\n"
              "- {name: here, cluster: {server: '" +
                  soukd->server + "', certificate-authority-data: " + runtime::base64_encode(soukd->ca_pem) +
                  "}}\n"
                  "users:\n"
                  "- name: program\n"
                  "  user:\n"
                  "    exec: {apiVersion: client.authentication.k8s.io/v1, command: ./credentials,\n"
                  "           interactiveMode: Never}\n");
        settings_.kubeconfig = (folder_ / "config").string();
        settings_.kube_context = "here";
        settings_.cache_path = folder_ / "cache";
        settings_.helm_program = "helm";
    }
    void TearDown() override { fs::remove_all(folder_); }

    void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }
    Result<daemon::ClusterAccess> access(const daemon::Environment& environment) {
        auto found = daemon::cluster_access(settings_, environment);
        EXPECT_TRUE(found) << found.error().message;
        return found;
    }
    kube::KubeCluster make_cluster(const daemon::ClusterAccess& access) {
        kube::KubeSettings settings;
        settings.client.exec_env = access.exec_env;
        return kube::KubeCluster(access.kubeconfig, http_, &*runner_, settings, {});
    }

    /// Whom the API server takes us for.
    std::string name_at_the_server(const daemon::ClusterAccess& access) {
        kube::ApiClient api(access.kubeconfig, http_, &*runner_);
        const auto review = api.create(
            "/apis/authentication.k8s.io/v1/selfsubjectreviews",
            json::object{{"apiVersion", "authentication.k8s.io/v1"}, {"kind", "SelfSubjectReview"}}, {});
        return review ? kube::text_at(*review, {"status", "userInfo", "username"}) : review.error().message;
    }
    /// client.crt and client.key for this name, signed by the box's own authority.
    void sign_client(const std::string& name) {
        const fs::path box = fs::path(std::getenv("SOUK_TEST_ADMIN_KUBECONFIG")).parent_path();
        const std::string script =
            "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj \"/CN=$1\""
            " -keyout client.key -out client.csr\n"
            "openssl x509 -req -in client.csr -CA \"$2.crt\" -CAkey \"$2.key\" -set_serial 7 -days 1"
            " -out client.crt";
        const auto signed_one = runner_->run({.program = "sh",
                                              .args = {"-ec", script, "sh", name, (box / "pki/ca").string()},
                                              .working_dir = folder_.string()},
                                             {});
        ASSERT_TRUE(signed_one && signed_one->succeeded())
            << (signed_one ? signed_one->err : signed_one.error().message);
    }
    std::string text_of(const std::string& name) {
        return kube::read_text_file((folder_ / name).string(), name).value_or("");
    }

    std::string path_;
    kube::Kubeconfig soukd_;
    std::unique_ptr<KubeWorld> world_;
    fs::path folder_;
    daemon::Settings settings_;
    runtime::CurlHttpClient http_;
    std::optional<runtime::PosixProcessRunner> runner_;
};

TEST_F(KubeAccess, OneIdentityOfACredentialProgramForSoukdAndForHelm) {
    const auto who = access({{"HOME", (folder_ / "home").string()}});
    ASSERT_TRUE(who);
    kube::KubeCluster soukd = make_cluster(*who);
    const app::StoreRef store = world_->new_store();
    const auto made = soukd.create_namespace(store, {});
    ASSERT_TRUE(made) << made.error().message;
    const auto fenced = soukd.ensure_fence(store, {default_plans().front(), {8080}}, {});
    ASSERT_TRUE(fenced) << fenced.error().message;

    helm::CliHelmDriver helm(*runner_, who->helm);
    const std::string values =
        R"({"greeting":"hello","images":{"web":"localhost/souk/tiny-web:1"},"resources":{},)"
        R"("secrets":{"admin":"souk-admin"},"souk":{"engine":{"name":"tiny","version":"1.0.0"},)"
        R"("serviceAccountName":"souk-store","store":{"id":")" +
        store.id.str() + R"(","name":"Ann","slug":"test","team":"default"}}})";
    const auto applied = helm.apply({store.ns, store.release, SOUK_SOURCE_DIR "/tests/engines/tiny/chart",
                                     values, "digest", std::chrono::seconds(60)},
                                    {});
    ASSERT_TRUE(applied) << applied.error().message;
    const auto seen = soukd.observe({store, nullptr, "", false}, std::stop_token{});
    ASSERT_TRUE(seen) << seen.error().message;
    EXPECT_EQ(seen->release.state, ReleaseState::Deployed) << "helm acted on another cluster";
}

TEST_F(KubeAccess, AClientCertificateIsAnIdentity) {
    sign_client("ann");
    const std::string head =
        "current-context: m\ncontexts: [{name: m, context: {cluster: c, user: u}}]\n"
        "clusters: [{name: c, cluster: {server: '" +
        soukd_.server + "', certificate-authority-data: " + runtime::base64_encode(soukd_.ca_pem) +
        "}}]\nusers: [{name: u, user: {";
    write("files", head + "client-certificate: client.crt, client-key: client.key}}]\n");
    write("data", head + "client-certificate-data: " + runtime::base64_encode(text_of("client.crt")) +
                      ", client-key-data: " + runtime::base64_encode(text_of("client.key")) + "}}]\n");
    settings_.kube_context.clear();
    for (const char* name : {"files", "data"}) {
        settings_.kubeconfig = (folder_ / name).string();
        const auto who = access({});
        ASSERT_TRUE(who);
        EXPECT_EQ(name_at_the_server(*who), "ann") << name;
    }
}

TEST_F(KubeAccess, InAPodTheMountedIdentityReachesTheApiServer) {
    const std::string authority = soukd_.server.substr(soukd_.server.find("//") + 2);
    const auto colon = authority.rfind(':');
    fs::create_directories(folder_ / "pod");
    write("pod/ca.crt", soukd_.ca_pem);
    write("pod/token", soukd_.token.reveal() + "\n");
    settings_.kubeconfig.clear();
    settings_.kube_context.clear();
    const auto who = daemon::cluster_access(settings_,
                                            {{"KUBERNETES_SERVICE_HOST", authority.substr(0, colon)},
                                             {"KUBERNETES_SERVICE_PORT", authority.substr(colon + 1)}},
                                            (folder_ / "pod").string());
    ASSERT_TRUE(who) << who.error().message;
    EXPECT_EQ(name_at_the_server(*who), "system:serviceaccount:souk-system:soukd");
    kube::KubeCluster soukd = make_cluster(*who);
    const app::StoreRef store = world_->new_store();
    const auto made = soukd.create_namespace(store, {});
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_TRUE(world_->namespace_exists(store.ns));
}

TEST_F(KubeAccess, ACredentialProgramThatFailsIsNamedAndNotQuoted) {
    const auto who = access({});  // no HOME: the program ends with an error
    ASSERT_TRUE(who);
    kube::KubeCluster soukd = make_cluster(*who);
    const auto answer = soukd.ping({});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::Unavailable) << answer.error().message;
    EXPECT_NE(answer.error().message.find("credentials"), std::string::npos) << answer.error().message;
}

}  // namespace
}  // namespace souk::integration
