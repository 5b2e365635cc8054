#pragma once

#include "cli/command.hpp"

#include <vector>

/// One function per file of this folder; each makes its command with the place for its values.
namespace souk::cli {

Command cancel_command();
Command completion_command();
Command create_command();
Command credentials_command();
Command delete_command();
Command engines_command();
Command events_command();
Command get_command();
Command list_command();
Command login_command();
Command logs_command();
Command open_command();
Command operations_command();
Command plans_command();
Command receipt_command();
Command rename_command();
Command resources_command();
Command restart_command();
Command resume_command();
Command retry_command();
Command status_command();
Command suspend_command();
Command usage_command();
Command version_command();

/// In the order of the help.
std::vector<Command> all_commands();

}  // namespace souk::cli
