#include "adapters/helm/helm_command.hpp"
#include "adapters/helm/helm_errors.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

/// What helm prints comes in parts from charts and the cluster: one bounded line without control characters.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes as text
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto sentence = souk::helm::helm_sentence(text);
    for (const char c : sentence) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            std::abort();
        }
    }
    const auto error = souk::helm::classify_helm_failure("uninstall", text);
    if (sentence.size() > 500 || error.message.size() > 600 || error.reason.empty()) {
        std::abort();
    }
    const auto version = souk::helm::parse_helm_version(text);
    if (!version && version.error().reason != "HelmUnsupported") {
        std::abort();
    }
    return 0;
}
