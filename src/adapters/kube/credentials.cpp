#include "adapters/kube/credentials.hpp"

#include "adapters/kube/json.hpp"
#include "runtime/crypto/encoding.hpp"

#include <boost/json.hpp>

#include <utility>

namespace souk::kube {
namespace {

using namespace std::chrono_literals;

constexpr auto kFileFreshness = 60s;
constexpr auto kExpiryMargin = 30s;

std::string trimmed(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) {
        text.pop_back();
    }
    return text;
}

/// A token becomes a header: it must not be able to end the line.
bool is_token(std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F) {
            return false;
        }
    }
    return true;
}

}  // namespace

Result<ExecCredential> parse_exec_credential(std::string_view text, const std::string& api_version) {
    auto value = parse_json(text);
    if (!value) {
        return fail(ErrorCode::InvalidInput, "its output is not JSON");
    }
    if (text_at(*value, {"kind"}) != "ExecCredential" || text_at(*value, {"apiVersion"}) != api_version) {
        return fail(ErrorCode::InvalidInput, "its output is not an ExecCredential of " + api_version);
    }
    ExecCredential out;
    out.token = Secret(text_at(*value, {"status", "token"}));
    out.client_cert_pem = text_at(*value, {"status", "clientCertificateData"});
    out.client_key_pem = Secret(text_at(*value, {"status", "clientKeyData"}));
    if (out.token.empty() && (out.client_cert_pem.empty() || out.client_key_pem.empty())) {
        return fail(ErrorCode::InvalidInput,
                    "its output holds neither a token nor a certificate with its key");
    }
    if (const std::string expires = text_at(*value, {"status", "expirationTimestamp"}); !expires.empty()) {
        auto time = parse_rfc3339(expires);
        if (!time) {
            return fail(ErrorCode::InvalidInput, "its status.expirationTimestamp is not a time");
        }
        out.expires = *time;
    }
    return out;
}

CredentialSource::CredentialSource(Kubeconfig config, runtime::ProcessRunner* processes,
                                   std::vector<std::pair<std::string, std::string>> exec_env,
                                   std::function<Timestamp()> now)
    : config_(std::move(config)),
      processes_(processes),
      exec_env_(std::move(exec_env)),
      now_(std::move(now)) {}

Result<Credential> CredentialSource::current(const std::stop_token& stop) {
    const std::scoped_lock lock(mutex_);
    if (!held_ || (fresh_until_ && now_() >= *fresh_until_)) {
        if (auto ok = refresh(stop); !ok) {
            return forward(std::move(ok));
        }
    }
    return *held_;
}

void CredentialSource::reject(std::uint64_t serial) {
    const std::scoped_lock lock(mutex_);
    if (held_ && held_->serial == serial) {
        held_.reset();
    }
}

Result<> CredentialSource::refresh(const std::stop_token& stop) {
    auto tls = std::make_shared<runtime::TlsOptions>();
    tls->ca_pem = config_.ca_pem;
    tls->client_cert_pem = config_.client_cert_pem;
    tls->client_key_pem = config_.client_key_pem;
    tls->verify = config_.verify;
    Credential fresh;
    fresh.token = config_.token;
    std::optional<Timestamp> until;
    // As kubectl: a token file beats a token, a program is asked only without either.
    if (!config_.token_file.empty()) {
        auto text = read_text_file(config_.token_file, config_.origin + ": tokenFile");
        if (!text) {
            return forward(std::move(text));
        }
        fresh.token = Secret(trimmed(std::move(*text)));
        until = now_() + kFileFreshness;
    } else if (config_.exec && config_.token.empty()) {
        auto credential = run_program(stop);
        if (!credential) {
            return fail(credential.error().code,
                        config_.origin + ": exec: the program '" + config_.exec->command +
                            "' failed: " + credential.error().message +
                            (config_.exec->install_hint.empty()
                                 ? ""
                                 : " (" + tidy_text(config_.exec->install_hint, 200) + ")"));
        }
        fresh.token = credential->token;
        if (!credential->client_cert_pem.empty()) {
            tls->client_cert_pem = credential->client_cert_pem;
            tls->client_key_pem = credential->client_key_pem;
        }
        if (credential->expires) {
            until = *credential->expires - kExpiryMargin;
        }
    }
    if (!is_token(fresh.token.reveal())) {
        return fail(ErrorCode::InvalidInput,
                    config_.origin + ": the token holds characters that no token has");
    }
    fresh.tls = std::move(tls);
    fresh.serial = ++serial_;
    held_ = std::move(fresh);
    fresh_until_ = until;
    return {};
}

Result<ExecCredential> CredentialSource::run_program(const std::stop_token& stop) const {
    if (processes_ == nullptr) {
        return fail(ErrorCode::InvalidInput, "programs are not allowed here");
    }
    const ExecPlugin& exec = *config_.exec;
    json::object spec{{"interactive", false}};
    if (exec.provide_cluster_info) {
        json::object cluster{{"server", config_.server}};
        if (!config_.ca_pem.empty()) {
            cluster["certificate-authority-data"] = runtime::base64_encode(config_.ca_pem);
        }
        if (!config_.verify) {
            cluster["insecure-skip-tls-verify"] = true;
        }
        if (!config_.tls_server_name.empty()) {
            cluster["tls-server-name"] = config_.tls_server_name;
        }
        spec["cluster"] = std::move(cluster);
    }
    const json::object info{
        {"apiVersion", exec.api_version}, {"kind", "ExecCredential"}, {"spec", std::move(spec)}};
    runtime::Command command;
    command.program = exec.command;
    command.args = exec.args;
    command.env = exec_env_;
    command.env.insert(command.env.end(), exec.env.begin(), exec.env.end());
    command.env.emplace_back("KUBERNETES_EXEC_INFO", json::serialize(info));
    command.timeout = 30s;
    auto result = processes_->run(command, stop);
    if (!result) {
        return fail(ErrorCode::InvalidInput, result.error().message);
    }
    if (result->cancelled) {
        return fail(ErrorCode::Cancelled, "a stop was requested");
    }
    if (!result->succeeded()) {
        // Its stderr is not quoted: what such programs print is not ours to judge harmless.
        return fail(ErrorCode::Unavailable, runtime::describe(*result));
    }
    return parse_exec_credential(result->out, exec.api_version);
}

}  // namespace souk::kube
