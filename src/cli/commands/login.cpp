#include "cli/commands/commands.hpp"
#include "cli/session.hpp"
#include "cli/text.hpp"

#include <filesystem>

namespace souk::cli {
namespace {

/// A context must mean the same from every folder.
Result<std::string> absolute(const std::string& path) {
    std::error_code error;
    const auto whole = std::filesystem::absolute(path, error);
    return error ? Result<std::string>(fail(ErrorCode::InvalidInput, "cannot find " + path))
                 : Result<std::string>(whole.string());
}

ExitCode save(Session& session, const std::string& token_file, const std::string& ca_file) {
    Context context{session.server_url(), {}, {}, {}};
    const auto path = context_path(session.environment());
    const auto token = absolute(token_file);
    if (!path || !token) {
        return session.report_usage(path ? token.error().message : path.error().message);
    }
    context.token_file = *token;
    if (!ca_file.empty()) {
        const auto ca = absolute(ca_file);
        if (!ca) {
            return session.report_usage(ca.error().message);
        }
        context.ca_file = *ca;
    }
    if (const auto saved = save_context(*path, context); !saved) {
        return session.report_usage(saved.error().message);
    }
    session.note("Saved " + clean(*path));
    return ExitCode::Ok;
}

ExitCode run(Session& session) {
    const auto& flags = session.options().server;
    if (flags.server.empty() || flags.token_file.empty()) {
        return session.report_usage("login needs --server and --token-file");
    }
    const auto* api = session.api();
    if (api == nullptr) {
        return ExitCode::Usage;
    }
    // What is saved has worked once; a server that is not well has checked the token all the same.
    if (const auto health = api->get_health(); !health) {
        return session.report(health.error());
    }
    return save(session, flags.token_file, flags.ca_file);
}

}  // namespace

Command login_command() {
    return {.name = "login",
            .summary = "Check --server and --token-file, then save them for later commands",
            .run = run};
}

}  // namespace souk::cli
