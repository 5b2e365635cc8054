#include "cli/commands/commands.hpp"

namespace souk::cli {

std::vector<Command> all_commands() {
    return {create_command(),  list_command(),       get_command(),         delete_command(),
            retry_command(),   cancel_command(),     suspend_command(),     resume_command(),
            restart_command(), logs_command(),       events_command(),      resources_command(),
            usage_command(),   open_command(),       credentials_command(), rename_command(),
            receipt_command(), operations_command(), engines_command(),     plans_command(),
            status_command(),  login_command(),      completion_command(),  version_command()};
}

}  // namespace souk::cli
