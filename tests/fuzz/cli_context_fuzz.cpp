// The context file of souk, which people edit, and the address of a server.
#include "cli/context.hpp"
#include "client/server_url.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes as text
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto context = souk::cli::parse_context(text); context && context->server.empty()) {
        std::abort();
    }
    if (const auto url = souk::client::parse_server_url(text);
        url && !souk::client::parse_server_url(*url).has_value()) {
        std::abort();
    }
    return 0;
}
