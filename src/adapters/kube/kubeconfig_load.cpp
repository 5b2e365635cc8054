// Follows a kubeconfig's references: several files, contexts, files beside it.
#include "adapters/kube/kubeconfig.hpp"
#include "runtime/crypto/encoding.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

namespace souk::kube {
namespace {

namespace fs = std::filesystem;

std::string beside(const std::string& file, const std::string& reference) {
    const fs::path path(reference);
    return path.is_absolute() ? reference : (fs::path(file).parent_path() / path).string();
}

/// Inline data (base64) wins over a file, as kubectl has it.
Result<std::string> inline_or_file(const std::string& data, const std::string& reference,
                                   const std::string& config, const std::string& field) {
    if (!data.empty()) {
        auto decoded = runtime::base64_decode(data);
        if (!decoded) {
            return fail(ErrorCode::InvalidInput, config + ": " + field + "-data is not base64");
        }
        return decoded;
    }
    if (reference.empty()) {
        return std::string{};
    }
    return read_text_file(beside(config, reference), config + ": " + field);
}

template <class T>
const T* find_named(const std::vector<KubeconfigDocument>& documents,
                    std::map<std::string, T> KubeconfigDocument::* member, const std::string& name,
                    std::string& file) {
    for (const KubeconfigDocument& document : documents) {
        if (const auto found = (document.*member).find(name); found != (document.*member).end()) {
            file = document.file;
            return &found->second;
        }
    }
    return nullptr;
}

Result<> take_cluster(const KubeconfigDocument::Cluster& cluster, const std::string& file,
                      const std::string& name, Kubeconfig& out) {
    const std::string field = "clusters[" + name + "].cluster.";
    out.server = cluster.server;
    while (out.server.ends_with('/')) {
        out.server.pop_back();
    }
    if (!out.server.starts_with("https://") && !out.server.starts_with("http://")) {
        return fail(ErrorCode::InvalidInput, file + ": " + field + "server must be an http or https URL");
    }
    auto ca = inline_or_file(cluster.ca_data, cluster.ca_file, file, field + "certificate-authority");
    if (!ca) {
        return forward(std::move(ca));
    }
    out.ca_pem = std::move(*ca);
    out.tls_server_name = cluster.tls_server_name;
    out.verify = !cluster.insecure;
    return {};
}

Result<> take_user(const KubeconfigDocument::User& user, const std::string& file, const std::string& name,
                   Kubeconfig& out) {
    const std::string field = "users[" + name + "].user.";
    auto cert = inline_or_file(user.cert_data, user.cert_file, file, field + "client-certificate");
    if (!cert) {
        return forward(std::move(cert));
    }
    auto key = inline_or_file(user.key_data, user.key_file, file, field + "client-key");
    if (!key) {
        return forward(std::move(key));
    }
    if (cert->empty() != key->empty()) {
        return fail(ErrorCode::InvalidInput,
                    file + ": " + field + "client-certificate and client-key are needed together");
    }
    out.client_cert_pem = std::move(*cert);
    out.client_key_pem = Secret(std::move(*key));
    out.token = Secret(user.token);
    out.token_file = user.token_file.empty() ? std::string{} : beside(file, user.token_file);
    out.exec = user.exec;
    if (out.exec && out.exec->command.find('/') != std::string::npos) {
        out.exec->command = beside(file, out.exec->command);
    }
    return {};
}

Result<Kubeconfig> resolve(const std::vector<KubeconfigDocument>& documents, std::string context) {
    const std::string& first = documents.front().file;
    for (const KubeconfigDocument& document : documents) {
        if (context.empty()) {
            context = document.current_context;
        }
    }
    if (context.empty()) {
        return fail(ErrorCode::InvalidInput, first + ": current-context is not set");
    }
    std::string file;
    const auto* chosen = find_named(documents, &KubeconfigDocument::contexts, context, file);
    if (chosen == nullptr) {
        return fail(ErrorCode::InvalidInput, first + ": contexts has no '" + context + "'");
    }
    Kubeconfig out;
    out.origin = file + " (context " + context + ")";
    std::string cluster_file;
    const auto* cluster = find_named(documents, &KubeconfigDocument::clusters, chosen->cluster, cluster_file);
    if (cluster == nullptr) {
        return fail(ErrorCode::InvalidInput, file + ": contexts[" + context + "].context.cluster names '" +
                                                 chosen->cluster + "', which does not exist");
    }
    if (auto ok = take_cluster(*cluster, cluster_file, chosen->cluster, out); !ok) {
        return forward(std::move(ok));
    }
    if (chosen->user.empty()) {
        return out;
    }
    std::string user_file;
    const auto* user = find_named(documents, &KubeconfigDocument::users, chosen->user, user_file);
    if (user == nullptr) {
        return fail(ErrorCode::InvalidInput, file + ": contexts[" + context + "].context.user names '" +
                                                 chosen->user + "', which does not exist");
    }
    if (auto ok = take_user(*user, user_file, chosen->user, out); !ok) {
        return forward(std::move(ok));
    }
    return out;
}

}  // namespace

Result<std::string> read_text_file(const std::string& path, const std::string& field, std::size_t max) {
    std::error_code error;
    const auto status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found) {
        return fail(ErrorCode::NotFound, field + ": the file " + path + " does not exist");
    }
    if (error || status.type() == fs::file_type::directory) {
        return fail(ErrorCode::InvalidInput, field + ": " + path + " cannot be read as a file");
    }
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        return fail(ErrorCode::InvalidInput, field + ": the file " + path + " cannot be opened");
    }
    std::string text(max + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (in.bad()) {
        return fail(ErrorCode::Unavailable, field + ": the file " + path + " could not be read");
    }
    if (text.size() > max) {
        return fail(ErrorCode::InvalidInput, field + ": the file " + path + " is too large");
    }
    return text;
}

Result<Kubeconfig> load_kubeconfig(const std::string& paths, const std::string& context) {
    std::vector<KubeconfigDocument> documents;
    std::istringstream list(paths);
    for (std::string path; std::getline(list, path, ':');) {
        if (path.empty()) {
            continue;
        }
        auto text = read_text_file(path, "KUBECONFIG");
        if (!text) {
            if (text.error().code == ErrorCode::NotFound) {
                continue;
            }
            return forward(std::move(text));
        }
        auto document = parse_kubeconfig(*text, path);
        if (!document) {
            return forward(std::move(document));
        }
        documents.push_back(std::move(*document));
    }
    if (documents.empty()) {
        return fail(ErrorCode::NotFound, "no kubeconfig found at '" + paths + "'");
    }
    return resolve(documents, context);
}

Result<Kubeconfig> in_cluster_kubeconfig(const std::string& host, const std::string& port,
                                         const std::string& folder) {
    if (host.empty() || port.empty()) {
        return fail(ErrorCode::NotFound,
                    "not in a cluster: KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set");
    }
    Kubeconfig out;
    const bool v6 = host.find(':') != std::string::npos && !host.starts_with('[');
    out.server = "https://" + (v6 ? "[" + host + "]" : host) + ":" + port;
    auto ca = read_text_file(folder + "/ca.crt", "in-cluster ca.crt");
    if (!ca) {
        return forward(std::move(ca));
    }
    out.ca_pem = std::move(*ca);
    out.token_file = folder + "/token";
    if (auto token = read_text_file(out.token_file, "in-cluster token"); !token) {
        return forward(std::move(token));
    }
    out.origin = "in-cluster";
    return out;
}

}  // namespace souk::kube
