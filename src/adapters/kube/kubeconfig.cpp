#include "adapters/kube/kubeconfig.hpp"

#include <yaml-cpp/yaml.h>

#include <array>
#include <exception>

namespace souk::kube {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{1} << 20U;
constexpr std::size_t kMaxEntries = 1000;

/// Thrown inside this file only, and caught in parse_kubeconfig.
struct Wrong {
    std::string field;
    std::string what;
};

std::string scalar(const YAML::Node& parent, const char* key, const std::string& field) {
    const YAML::Node node = parent[key];
    if (!node.IsDefined() || node.IsNull()) {
        return {};
    }
    if (!node.IsScalar()) {
        throw Wrong{field + "." + key, "must be a text"};
    }
    return node.Scalar();
}

bool flag(const YAML::Node& parent, const char* key, const std::string& field) {
    const std::string text = scalar(parent, key, field);
    if (text.empty() || text == "false") {
        return false;
    }
    if (text == "true") {
        return true;
    }
    throw Wrong{field + "." + key, "must be true or false"};
}

YAML::Node map_of(const YAML::Node& parent, const char* key, const std::string& field) {
    const YAML::Node node = parent[key];
    if (!node.IsDefined() || node.IsNull()) {
        return YAML::Node(YAML::NodeType::Map);
    }
    if (!node.IsMap()) {
        throw Wrong{field + "." + key, "must be a map"};
    }
    return node;
}

YAML::Node list_of(const YAML::Node& parent, const char* key, const std::string& field) {
    const YAML::Node node = parent[key];
    if (!node.IsDefined() || node.IsNull()) {
        return YAML::Node(YAML::NodeType::Sequence);
    }
    if (!node.IsSequence() || node.size() > kMaxEntries) {
        throw Wrong{field + "." + key, "must be a list of at most 1000 entries"};
    }
    return node;
}

template <std::size_t N>
void refuse(const YAML::Node& node, const std::array<const char*, N>& keys, const std::string& field) {
    for (const char* key : keys) {
        if (node[key].IsDefined() && !node[key].IsNull()) {
            throw Wrong{field + "." + key, "is not supported"};
        }
    }
}

KubeconfigDocument::Cluster read_cluster(const YAML::Node& node, const std::string& field) {
    refuse(node, std::array{"proxy-url"}, field);
    KubeconfigDocument::Cluster cluster;
    cluster.server = scalar(node, "server", field);
    cluster.ca_data = scalar(node, "certificate-authority-data", field);
    cluster.ca_file = scalar(node, "certificate-authority", field);
    cluster.tls_server_name = scalar(node, "tls-server-name", field);
    cluster.insecure = flag(node, "insecure-skip-tls-verify", field);
    return cluster;
}

ExecPlugin read_exec(const YAML::Node& node, const std::string& field) {
    ExecPlugin exec;
    exec.command = scalar(node, "command", field);
    if (exec.command.empty()) {
        throw Wrong{field + ".command", "is needed"};
    }
    exec.api_version = scalar(node, "apiVersion", field);
    if (exec.api_version != "client.authentication.k8s.io/v1" &&
        exec.api_version != "client.authentication.k8s.io/v1beta1") {
        throw Wrong{field + ".apiVersion", "must be client.authentication.k8s.io/v1 or v1beta1"};
    }
    if (scalar(node, "interactiveMode", field) == "Always") {
        throw Wrong{field + ".interactiveMode", "wants a person at a terminal, and soukd has none"};
    }
    exec.provide_cluster_info = flag(node, "provideClusterInfo", field);
    exec.install_hint = scalar(node, "installHint", field);
    for (const YAML::Node& arg : list_of(node, "args", field)) {
        if (!arg.IsScalar()) {
            throw Wrong{field + ".args", "must be a list of texts"};
        }
        exec.args.push_back(arg.Scalar());
    }
    for (const YAML::Node& entry : list_of(node, "env", field)) {
        if (!entry.IsMap()) {
            throw Wrong{field + ".env", "must be a list of {name, value}"};
        }
        exec.env.emplace_back(scalar(entry, "name", field + ".env"), scalar(entry, "value", field + ".env"));
    }
    return exec;
}

KubeconfigDocument::User read_user(const YAML::Node& node, const std::string& field) {
    refuse(node,
           std::array{"auth-provider", "username", "password", "as", "as-uid", "as-groups", "as-user-extra"},
           field);
    KubeconfigDocument::User user;
    user.token = scalar(node, "token", field);
    user.token_file = scalar(node, "tokenFile", field);
    user.cert_data = scalar(node, "client-certificate-data", field);
    user.cert_file = scalar(node, "client-certificate", field);
    user.key_data = scalar(node, "client-key-data", field);
    user.key_file = scalar(node, "client-key", field);
    if (node["exec"].IsDefined() && !node["exec"].IsNull()) {
        user.exec = read_exec(map_of(node, "exec", field), field + ".exec");
    }
    return user;
}

/// Reads `clusters: [{name, cluster: {...}}]` and its siblings; the first of two equal names counts.
template <class T, class Read>
void read_named(const YAML::Node& root, const char* list, const char* member, std::map<std::string, T>& out,
                Read read) {
    for (const YAML::Node& entry : list_of(root, list, "")) {
        const std::string field = list;
        if (!entry.IsMap()) {
            throw Wrong{field, "must be a list of maps"};
        }
        const std::string name = scalar(entry, "name", field);
        if (name.empty()) {
            throw Wrong{field + ".name", "is needed"};
        }
        const std::string where = field + "[" + name.substr(0, 80) + "]." + member;
        out.try_emplace(name, read(map_of(entry, member, field), where));
    }
}

}  // namespace

Result<KubeconfigDocument> parse_kubeconfig(std::string_view text, const std::string& file) {
    if (text.size() > kMaxBytes) {
        return fail(ErrorCode::InvalidInput, file + ": is larger than 1 MiB");
    }
    try {
        const YAML::Node root = YAML::Load(std::string(text));
        if (!root.IsMap()) {
            return fail(ErrorCode::InvalidInput, file + ": is not a kubeconfig (a YAML map is needed)");
        }
        KubeconfigDocument out;
        out.file = file;
        out.current_context = scalar(root, "current-context", "");
        read_named(root, "clusters", "cluster", out.clusters, read_cluster);
        read_named(root, "users", "user", out.users, read_user);
        read_named(root, "contexts", "context", out.contexts,
                   [](const YAML::Node& node, const std::string& field) {
                       return KubeconfigDocument::Context{scalar(node, "cluster", field),
                                                          scalar(node, "user", field)};
                   });
        return out;
    } catch (const Wrong& wrong) {
        const std::string field = wrong.field.starts_with('.') ? wrong.field.substr(1) : wrong.field;
        return fail(ErrorCode::InvalidInput, file + ": " + field + " " + wrong.what);
    } catch (const YAML::Exception& error) {
        // The message itself may quote the text, and that may be a credential.
        return fail(ErrorCode::InvalidInput,
                    file + ": is not YAML, line " + std::to_string(error.mark.line + 1));
    } catch (const std::exception&) {
        return fail(ErrorCode::InvalidInput, file + ": cannot be read as YAML");
    }
}

}  // namespace souk::kube
