#include "cli/context.hpp"

#include "cli/private_file.hpp"
#include "client/server_url.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace souk::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxTokenBytes = 8192;

std::string member(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// A header must not be split by what stands in a file.
Result<Secret> check_token(std::string text, const std::string& origin) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) {
        text.pop_back();
    }
    const bool visible = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
    if (text.empty() || !visible || text.size() > kMaxTokenBytes) {
        return fail(ErrorCode::InvalidInput, origin + " has no token");
    }
    return Secret(std::move(text));
}

Result<Secret> read_token(const std::string& path) {
    auto text = read_file(path);
    return text ? check_token(std::move(*text), path) : Result<Secret>(forward(text));
}

/// The first that is given: the flag, the variable, or the context's.
std::string pick(const std::string& flag, const Environment& environment, const char* variable,
                 const std::string& context) {
    return !flag.empty() ? flag : environment.get(variable).value_or(context);
}

Result<Secret> choose_token(const ServerFlags& flags, const Environment& environment,
                            const std::optional<Context>& context, const std::string& server) {
    if (const auto path = pick(flags.token_file, environment, "SOUK_TOKEN_FILE", ""); !path.empty()) {
        return read_token(path);
    }
    if (auto token = environment.get("SOUK_TOKEN")) {
        return check_token(std::move(*token), "SOUK_TOKEN");
    }
    if (!context) {
        return fail(ErrorCode::InvalidInput,
                    "there is no token: use 'souk login', --token-file or SOUK_TOKEN_FILE");
    }
    if (const auto own = client::parse_server_url(context->server); own && *own != server) {
        return fail(ErrorCode::InvalidInput, "the saved token belongs to " + *own + ", not to " + server +
                                                 ": give one with --token-file or SOUK_TOKEN_FILE");
    }
    return context->token_file.empty() ? check_token(context->token.reveal(), "the context file")
                                       : read_token(context->token_file);
}

}  // namespace

Result<std::string> context_path(const Environment& environment) {
    if (const auto folder = environment.get("XDG_CONFIG_HOME")) {
        return *folder + "/souk/context.json";
    }
    if (const auto home = environment.get("HOME")) {
        return *home + "/.config/souk/context.json";
    }
    return fail(ErrorCode::InvalidInput, "neither XDG_CONFIG_HOME nor HOME is set");
}

std::optional<Context> parse_context(std::string_view text) {
    boost::system::error_code error;
    const auto value = json::parse(text, error);
    const auto* object = error ? nullptr : value.if_object();
    if (object == nullptr || member(*object, "server").empty()) {
        return std::nullopt;
    }
    return Context{member(*object, "server"), member(*object, "token_file"), Secret(member(*object, "token")),
                   member(*object, "ca_file")};
}

Result<std::optional<Context>> load_context(const std::string& path) {
    const auto text = read_private_file(path);
    if (!text) {
        if (text.error().code == ErrorCode::NotFound) {
            return std::optional<Context>();
        }
        return forward(text);
    }
    auto context = parse_context(*text);
    if (!context) {
        return fail(ErrorCode::InvalidInput, path + " is not a context: write it anew with 'souk login'");
    }
    return context;
}

Result<> save_context(const std::string& path, const Context& context) {
    json::object object = {{"server", context.server}};
    if (context.token.empty()) {
        object["token_file"] = context.token_file;
    } else {
        object["token"] = context.token.reveal();
    }
    if (!context.ca_file.empty()) {
        object["ca_file"] = context.ca_file;
    }
    return write_private_file(path, json::serialize(object) + "\n");
}

Result<client::Server> choose_server(const ServerFlags& flags, const Environment& environment) {
    std::optional<Context> context;
    if (const auto path = context_path(environment)) {
        auto loaded = load_context(*path);
        if (!loaded) {
            return forward(loaded);
        }
        context = std::move(*loaded);
    }
    auto url = client::parse_server_url(
        pick(flags.server, environment, "SOUK_SERVER", context ? context->server : kDefaultServer));
    if (!url) {
        return forward(url);
    }
    auto token = choose_token(flags, environment, context, *url);
    if (!token) {
        return forward(token);
    }
    client::Server server{std::move(*url), std::move(*token), {}};
    if (const auto ca = pick(flags.ca_file, environment, "SOUK_CA_FILE", context ? context->ca_file : "");
        !ca.empty()) {
        auto pem = read_file(ca);
        if (!pem) {
            return forward(pem);
        }
        auto tls = std::make_shared<runtime::TlsOptions>();
        tls->ca_pem = std::move(*pem);
        server.tls = std::move(tls);
    }
    return server;
}

}  // namespace souk::cli
