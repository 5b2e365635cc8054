#pragma once

#include "core/common/result.hpp"
#include "core/common/secret.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace souk::kube {

/// A program that prints an ExecCredential (client.authentication.k8s.io).
struct ExecPlugin {
    std::string command;
    std::vector<std::string> args;
    std::vector<std::pair<std::string, std::string>> env;
    std::string api_version;
    bool provide_cluster_info = false;
    std::string install_hint;
};

/// How one API server is reached and who we are there: a context with its files read in, except those that
/// rotate.
struct Kubeconfig {
    std::string server;           // https://host:port, no trailing slash
    std::string ca_pem;           // empty: the system's certificates
    std::string tls_server_name;  // empty: the host of `server`
    bool verify = true;
    std::string client_cert_pem;
    Secret client_key_pem;
    Secret token;
    std::string token_file;  // read again when it may have rotated
    std::optional<ExecPlugin> exec;
    std::string origin;  // file and context, for messages
};

/// One kubeconfig file as written, references not followed. Field names in errors are those of the file.
struct KubeconfigDocument {
    struct Cluster {
        std::string server, ca_data, ca_file, tls_server_name;
        bool insecure = false;
    };
    struct User {
        std::string token, token_file, cert_data, cert_file, key_data, key_file;
        std::optional<ExecPlugin> exec;
    };
    struct Context {
        std::string cluster, user;
    };
    std::string file;
    std::string current_context;
    std::map<std::string, Cluster> clusters;
    std::map<std::string, User> users;
    std::map<std::string, Context> contexts;
};

/// InvalidInput with file and field for anything that is not a kubeconfig, is larger than 1 MiB or asks for
/// what we do not do (auth-provider, proxy-url, impersonation, passwords). Never holds a credential.
Result<KubeconfigDocument> parse_kubeconfig(std::string_view text, const std::string& file);

/// `paths` as in KUBECONFIG: colon-separated, missing files are skipped unless all are missing; the first
/// file that says something wins. `context` empty: current-context. InvalidInput or NotFound.
Result<Kubeconfig> load_kubeconfig(const std::string& paths, const std::string& context = {});

/// The identity Kubernetes mounts into a pod; host and port are KUBERNETES_SERVICE_HOST and _PORT.
Result<Kubeconfig> in_cluster_kubeconfig(
    const std::string& host, const std::string& port,
    const std::string& folder = "/var/run/secrets/kubernetes.io/serviceaccount");

/// A file's text; NotFound or Unavailable, naming `field` and the file. At most `max` bytes.
Result<std::string> read_text_file(const std::string& path, const std::string& field,
                                   std::size_t max = std::size_t{1} << 20U);

}  // namespace souk::kube
