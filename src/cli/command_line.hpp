#pragma once

#include "cli/command.hpp"
#include "cli/context.hpp"
#include "cli/documents.hpp"

#include <string>
#include <vector>

namespace souk::cli {

/// Options that every command takes, in front of it or behind it.
struct GlobalOptions {
    Format format = Format::Table;
    ServerFlags server;
};

/// The same as data, for help and completion; `output` gets the text of --output.
std::vector<Option> global_options(GlobalOptions& options, std::string& output);

struct ParsedLine {
    const Command* command = nullptr;  // null: nothing to run, `text` is to be printed
    GlobalOptions global;
    std::string text;  // help, or what is wrong
    ExitCode exit = ExitCode::Ok;
};

/// Fills the targets of the chosen command. `arguments` are without the program's name. `commands` must
/// outlive the result.
ParsedLine parse_line(const std::vector<Command>& commands, std::vector<std::string> arguments);

}  // namespace souk::cli
