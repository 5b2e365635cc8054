#include "adapters/kube/kubeconfig.hpp"

#include "adapters/kube/credentials.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace souk::kube {
namespace {

constexpr const char* kText = R"(
apiVersion: v1
kind: Config
current-context: main
clusters:
- name: c
  cluster: {server: "https://10.0.0.1:6443/", certificate-authority-data: Q0E=}
users:
- name: u
  user: {token: topsecret}
contexts:
- name: main
  context: {cluster: c, user: u}
)";

class Folder {
public:
    Folder()
        : path_(std::filesystem::temp_directory_path() /
                ("souk-kubeconfig-" + std::to_string(::getpid()) + "-" + std::to_string(++count_))) {
        std::filesystem::create_directories(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(path_ / name) << text;
        return (path_ / name).string();
    }
    std::string str() const { return path_.string(); }

private:
    static inline int count_ = 0;
    std::filesystem::path path_;
};

TEST(Kubeconfig, TheCurrentContextDecides) {
    const Folder folder;
    const auto config = load_kubeconfig(folder.write("a", kText));
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->server, "https://10.0.0.1:6443");
    EXPECT_EQ(config->ca_pem, "CA");
    EXPECT_EQ(config->token.reveal(), "topsecret");
    EXPECT_TRUE(config->verify);
}

TEST(Kubeconfig, TheFirstOfSeveralFilesWinsAndMissingOnesAreSkipped) {
    const Folder folder;
    const std::string first = folder.write(
        "a", "current-context: other\ncontexts: [{name: other, context: {cluster: c, user: u}}]\n");
    const auto config = load_kubeconfig("/nonexistent/x:" + first + ":" + folder.write("b", kText));
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_NE(config->origin.find("context other"), std::string::npos);
    EXPECT_EQ(load_kubeconfig("/nonexistent/x").error().code, ErrorCode::NotFound);
}

TEST(Kubeconfig, FilesAreLookedForBesideTheKubeconfig) {
    const Folder folder;
    folder.write("ca.pem", "FILE-CA");
    const auto config =
        load_kubeconfig(folder.write("a",
                                     "current-context: m\nclusters: [{name: c, cluster: {server: "
                                     "'https://h', certificate-authority: ca.pem}}]\n"
                                     "contexts: [{name: m, context: {cluster: c}}]\n"));
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->ca_pem, "FILE-CA");
}

/// A kubeconfig whose user is written as `user`.
std::string config_of_user(const std::string& user) {
    return "current-context: m\nclusters: [{name: c, cluster: {server: 'https://h'}}]\n"
           "contexts: [{name: m, context: {cluster: c, user: u}}]\nusers: [{name: u, user: {" +
           user + "}}]\n";
}

TEST(Kubeconfig, AClientCertificateComesFromFilesBesideItOrFromItself) {
    const Folder folder;
    folder.write("cert.pem", "CERT");
    folder.write("key.pem", "KEY");
    folder.write("other.pem", "OTHER");
    for (const char* user :
         {"client-certificate: cert.pem, client-key: key.pem",
          "client-certificate-data: Q0VSVA==, client-key-data: S0VZ",
          "client-certificate: cert.pem, client-key-data: S0VZ",
          "client-certificate: other.pem, client-certificate-data: Q0VSVA==, client-key: key.pem"}) {
        const auto config = load_kubeconfig(folder.write("a", config_of_user(user)));
        ASSERT_TRUE(config) << user << ": " << config.error().message;
        CredentialSource source(*config, nullptr, {}, [] { return from_micros(0); });
        const auto credential = source.current({});
        ASSERT_TRUE(credential) << user << ": " << credential.error().message;
        EXPECT_EQ(credential->tls->client_cert_pem, "CERT") << user;
        EXPECT_EQ(credential->tls->client_key_pem.reveal(), "KEY") << user;
        EXPECT_TRUE(credential->token.empty()) << user;
    }
}

TEST(Kubeconfig, AClientCertificateThatIsNotWholeIsRefusedByItsField) {
    const Folder folder;
    folder.write("cert.pem", "CERT");
    folder.write("key.pem", "topsecret");
    struct Row {
        const char* user;
        const char* says;
    };
    for (const Row& row :
         {Row{"client-certificate: cert.pem", "needed together"},
          Row{"client-certificate-data: Q0VSVA==", "needed together"},
          Row{"client-key: key.pem", "needed together"},
          Row{"client-key-data: dG9wc2VjcmV0", "needed together"},
          Row{"client-certificate: cert.pem, client-key: lost.pem", "user.client-key: the file"},
          Row{"client-certificate: lost.pem, client-key: key.pem", "user.client-certificate: the file"},
          Row{"client-certificate: cert.pem, client-key-data: topsecret!",
              "user.client-key-data is not base64"}}) {
        const auto config = load_kubeconfig(folder.write("a", config_of_user(row.user)));
        ASSERT_FALSE(config) << row.user;
        const std::string& message = config.error().message;
        EXPECT_NE(message.find("users[u].user.client-"), std::string::npos) << message;
        EXPECT_NE(message.find(row.says), std::string::npos) << message;
        EXPECT_EQ(message.find("topsecret"), std::string::npos) << message;
        EXPECT_EQ(message.find("dG9wc2VjcmV0"), std::string::npos) << message;
    }
}

TEST(Kubeconfig, ErrorsNameFileAndFieldAndNoSecret) {
    struct Row {
        const char* text;
        const char* says;
    };
    for (const Row& row :
         {Row{"users: [{name: u, user: {auth-provider: {}}}]", "users[u].user.auth-provider"},
          Row{"clusters: [{name: c, cluster: {proxy-url: x}}]", "clusters[c].cluster.proxy-url"},
          Row{"users: [{name: u, user: {exec: {command: x, apiVersion: v9}}}]", "exec.apiVersion"},
          Row{"users: [{name: u, user: {token: [topsecret]}}]", "users[u].user.token"},
          Row{"users: {", "not YAML, line"}, Row{"[]", "not a kubeconfig"},
          Row{"clusters: 3", "clusters must be a list"}}) {
        const auto document = parse_kubeconfig(row.text, "file.yaml");
        ASSERT_FALSE(document) << row.text;
        EXPECT_EQ(document.error().code, ErrorCode::InvalidInput);
        EXPECT_NE(document.error().message.find("file.yaml"), std::string::npos);
        EXPECT_NE(document.error().message.find(row.says), std::string::npos) << document.error().message;
        EXPECT_EQ(document.error().message.find("topsecret"), std::string::npos);
    }
}

TEST(Kubeconfig, DeepAndLargeTextsAreRefused) {
    EXPECT_FALSE(parse_kubeconfig(std::string(5000, '['), "f"));
    EXPECT_FALSE(parse_kubeconfig(std::string(2U << 20U, ' '), "f"));
}

TEST(Kubeconfig, InsideAClusterTheTokenFileIsReadAgain) {
    const Folder folder;
    folder.write("ca.crt", "CA");
    folder.write("token", "one\n");
    auto config = in_cluster_kubeconfig("fd00::1", "443", folder.str());
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->server, "https://[fd00::1]:443");
    Timestamp now = from_micros(0);
    CredentialSource source(*config, nullptr, {}, [&] { return now; });
    EXPECT_EQ(source.current({})->token.reveal(), "one");
    folder.write("token", "two\n");
    EXPECT_EQ(source.current({})->token.reveal(), "one");
    now += std::chrono::minutes(2);
    EXPECT_EQ(source.current({})->token.reveal(), "two");
    folder.write("token", "three\n");
    source.reject(source.current({})->serial);
    EXPECT_EQ(source.current({})->token.reveal(), "three");
}

class StubRunner final : public runtime::ProcessRunner {
public:
    Result<runtime::ProcessResult> run(const runtime::Command& command, std::stop_token) override {
        commands.push_back(command);
        runtime::ProcessResult result;
        result.exit_code = exit_code;
        result.out = out;
        result.err = "topsecret";
        return result;
    }
    std::vector<runtime::Command> commands;
    std::string out;
    int exit_code = 0;
};

TEST(Credentials, AProgramsAnswerIsKeptUntilItExpires) {
    Kubeconfig config;
    config.exec = ExecPlugin{"login", {"--token"}, {{"A", "b"}}, "client.authentication.k8s.io/v1", true, ""};
    config.server = "https://h";
    StubRunner runner;
    runner.out = R"({"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",
        "status":{"token":"t1","expirationTimestamp":"1970-01-01T00:10:00Z"}})";
    Timestamp now = from_micros(0);
    CredentialSource source(config, &runner, {{"HOME", "/h"}}, [&] { return now; });
    EXPECT_EQ(source.current({})->token.reveal(), "t1");
    EXPECT_EQ(source.current({})->token.reveal(), "t1");
    EXPECT_EQ(runner.commands.size(), 1U);
    EXPECT_EQ(runner.commands[0].env.back().first, "KUBERNETES_EXEC_INFO");
    now += std::chrono::minutes(10);
    EXPECT_TRUE(source.current({}));
    EXPECT_EQ(runner.commands.size(), 2U);
}

TEST(Credentials, AFailingProgramIsNamedAndNotQuoted) {
    Kubeconfig config;
    config.exec = ExecPlugin{"login", {}, {}, "client.authentication.k8s.io/v1", false, ""};
    StubRunner runner;
    runner.exit_code = 1;
    CredentialSource source(config, &runner, {}, [] { return from_micros(0); });
    auto failed = source.current({});
    ASSERT_FALSE(failed);
    EXPECT_NE(failed.error().message.find("'login'"), std::string::npos);
    runner.exit_code = 0;
    runner.out =
        R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"clientKeyData":"topsecret"}})";
    failed = source.current({});
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().message.find("topsecret"), std::string::npos);
}

}  // namespace
}  // namespace souk::kube
