#pragma once

#include "cli/environment.hpp"
#include "client/api_client.hpp"
#include "core/common/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace souk::cli {

inline constexpr const char* kDefaultServer = "http://127.0.0.1:8090";

/// What `souk login` and the first start of soukd write.
struct Context {
    std::string server;
    std::string token_file;  // or
    Secret token;
    std::string ca_file;
};

/// "$XDG_CONFIG_HOME/souk/context.json", else below ~/.config. InvalidInput: there is no home.
Result<std::string> context_path(const Environment& environment);

/// JSON; nullopt when it is not a context.
std::optional<Context> parse_context(std::string_view text);

/// Nothing when there is no file. InvalidInput: others can read it, or it is not a context.
Result<std::optional<Context>> load_context(const std::string& path);

/// Whole or not at all, mode 0600, its folder made with 0700.
Result<> save_context(const std::string& path, const Context& context);

/// From the command line; empty: not given.
struct ServerFlags {
    std::string server;
    std::string token_file;
    std::string ca_file;
};

/// Flags win over SOUK_SERVER, SOUK_TOKEN_FILE, SOUK_TOKEN and SOUK_CA_FILE, these over the context. The
/// context's token is sent to the context's server only. InvalidInput: a file cannot be read or makes no
/// sense, or there is no token.
Result<client::Server> choose_server(const ServerFlags& flags, const Environment& environment);

}  // namespace souk::cli
