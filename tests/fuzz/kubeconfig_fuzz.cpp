// Kubeconfig files and answers of credential programs come from outside.
#include "adapters/kube/credentials.hpp"
#include "adapters/kube/kubeconfig.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    (void)souk::kube::parse_kubeconfig(text, "file");
    (void)souk::kube::parse_exec_credential(text, "client.authentication.k8s.io/v1");
    return 0;
}
