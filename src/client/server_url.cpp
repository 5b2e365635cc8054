#include "client/server_url.hpp"

#include <algorithm>

namespace souk::client {

Result<std::string> parse_server_url(std::string_view text) {
    while (text.ends_with('/')) {
        text.remove_suffix(1);
    }
    const auto refuse = [&] {
        return fail(ErrorCode::InvalidInput,
                    "'" + std::string(text) + "' is not a server's address like http://127.0.0.1:8090");
    };
    std::string_view host = text;
    if (host.starts_with("https://")) {
        host.remove_prefix(8);
    } else if (host.starts_with("http://")) {
        host.remove_prefix(7);
    } else {
        return refuse();
    }
    const bool visible = std::all_of(host.begin(), host.end(), [](char c) { return c > ' ' && c < 0x7f; });
    if (host.empty() || !visible || host.find_first_of("/?#@\\\"<>^`{|}") != std::string_view::npos) {
        return refuse();
    }
    return std::string(text);
}

}  // namespace souk::client
