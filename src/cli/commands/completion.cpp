#include "cli/completion.hpp"

#include "cli/commands/commands.hpp"
#include "cli/session.hpp"

#include <memory>

namespace souk::cli {

Command completion_command() {
    auto shell = std::make_shared<std::string>();
    return {.name = "completion",
            .summary = "Print the completion script of a shell",
            .arguments = {{"SHELL", shell.get(), "bash, zsh or fish", true, {"bash", "zsh", "fish"}}},
            .run = [shell](Session& session) {
                session.print(completion_script(*shell, all_commands()));
                return ExitCode::Ok;
            }};
}

}  // namespace souk::cli
