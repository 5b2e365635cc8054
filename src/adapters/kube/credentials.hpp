#pragma once

#include "adapters/kube/kubeconfig.hpp"
#include "core/common/time.hpp"
#include "runtime/http/client_types.hpp"
#include "runtime/process/process.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>

namespace souk::kube {

/// What a request shows to prove who we are.
struct Credential {
    std::shared_ptr<const runtime::TlsOptions> tls;
    Secret token;
    std::uint64_t serial = 0;  // grows with every refresh
};

/// The output of a credential program. Errors never quote it.
struct ExecCredential {
    Secret token;
    std::string client_cert_pem;
    Secret client_key_pem;
    std::optional<Timestamp> expires;
};
Result<ExecCredential> parse_exec_credential(std::string_view text, const std::string& api_version);

/// Keeps the credential of a Kubeconfig fresh: files are read again after a minute (Kubernetes rotates them),
/// a program's answer is kept until shortly before it expires. Thread-safe; one thread refreshes, the others
/// wait for it.
class CredentialSource {
public:
    /// `processes` may be null when the kubeconfig names no program. `exec_env` is added to the program's
    /// environment.
    CredentialSource(Kubeconfig config, runtime::ProcessRunner* processes,
                     std::vector<std::pair<std::string, std::string>> exec_env,
                     std::function<Timestamp()> now);

    /// InvalidInput, NotFound or Unavailable when there is none to be had.
    Result<Credential> current(const std::stop_token& stop);
    /// The API server said 401 to it: the next `current` gets a new one. A credential that was replaced
    /// already is ignored.
    void reject(std::uint64_t serial);

    const Kubeconfig& config() const { return config_; }

private:
    Result<> refresh(const std::stop_token& stop);
    Result<ExecCredential> run_program(const std::stop_token& stop) const;

    const Kubeconfig config_;
    runtime::ProcessRunner* const processes_;
    const std::vector<std::pair<std::string, std::string>> exec_env_;
    const std::function<Timestamp()> now_;

    std::mutex mutex_;
    std::optional<Credential> held_;
    std::optional<Timestamp> fresh_until_;  // none: for ever
    std::uint64_t serial_ = 0;
};

}  // namespace souk::kube
